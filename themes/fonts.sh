#!/bin/sh
# Makes the fonts of a theme: sh themes/fonts.sh THEME
#
# One open face, one weight, in files below themes/THEME/assets/fonts, as woff2:
# FACE-latin (Western European) and FACE-cyrillic (Cyrillic with the Latin
# letters, figures and marks that stand among it, so that a Russian page needs
# this one file), each at most 20 kB; FACE-latin-ext and FACE-cyrillic-ext hold
# more of Europe's and Asia's letters, and a page fetches them only when it has
# one. OFL.txt, the licence as shipped, goes beside them. Printed are the sizes
# and what tokens.css needs: unicode-range, and measures for a local fallback.
#
# Needs npm and Debian's python3-fonttools and python3-brotli. The packages are
# pinned, so the same tools make the same bytes.
set -eu

# THEME) face, package@version, file of a script's subset (% = the script), axes
case "${1:-}" in
broadsheet) set -- "$1" Literata @fontsource-variable/literata@5.3.0 literata-%-opsz-normal "opsz=48 wght=350" ;;
courtyard) set -- "$1" Geologica @fontsource-variable/geologica@5.3.0 geologica-%-full-normal "wght=800 CRSV=0 SHRP=0 slnt=0" ;;
limelight) set -- "$1" "Sofia Sans Extra Condensed" @fontsource-variable/sofia-sans-extra-condensed@5.3.0 sofia-sans-extra-condensed-%-wght-normal "wght=850" ;;
*) echo "usage: sh themes/fonts.sh broadsheet|courtyard|limelight" >&2; exit 2 ;;
esac

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm pack --silent "$3" >/dev/null && tar xzf ./*.tgz)
out="$here/$1/assets/fonts"
mkdir -p "$out"
cp "$work/package/LICENSE" "$out/OFL.txt"

exec /usr/bin/python3 - "$work/package/files/$4.woff2" "$out" "$2" "$5" <<'PYTHON'
import os, sys
from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

pattern, out, face, axes = sys.argv[1:]
axes = {k: float(v) for k, v in (a.split("=") for a in axes.split())}
stem = face.lower().replace(" ", "-")

# What the files are for, as characters. The Latin ones of a Russian page are
# those of addresses, brands and foreign names.
marks = " \u00a0!\"#%&'()*+,-./0123456789:;=?@[]_·«»‹›–—‘’‚“”„…§©°№₽€×"
basic = "".join(map(chr, range(0x41, 0x5b))) + "".join(map(chr, range(0x61, 0x7b)))
cyrillic = "".join(map(chr, range(0x410, 0x450))) + "ЁёІіЇїЄєЎўҐґ"
others = "ӘәҒғҚқҢңӨөҰұҮүҺһЂђЃѓЅѕЈјЉљЊњЋћЌќЏџЍѝ"  # Kazakh, Tatar; Serbian, Macedonian, Bulgarian
latin = "".join(map(chr, range(0x20, 0x7f))) + "".join(map(chr, range(0xa0, 0x180))) + "ȘșȚțẞ" + marks + "−′″™"

def tables(font):
    """Leaves what a browser uses."""
    for tag in ("MVAR", "STAT", "DSIG", "meta", "prep", "fpgm", "cvt ", "gasp"):
        if tag in font:
            del font[tag]
    return font

def part(script, characters):
    """What a script's subset has of the characters, at the axes, as a file that can be merged."""
    path = pattern.replace("%", script)
    if not os.path.exists(path):
        return None
    font = TTFont(path, recalcTimestamp=False)
    font.flavor = None
    font = tables(instancer.instantiateVariableFont(font, {a.axisTag: axes.get(a.axisTag, a.defaultValue) for a in font["fvar"].axes}))
    if not any(ord(c) in font.getBestCmap() for c in characters):
        return None
    subset(font, characters)
    target = os.path.join(os.path.dirname(path), script + ".ttf")
    font.save(target)
    return target

def subset(font, characters):
    o = Options()
    o.layout_features = ["kern", "liga", "mark", "ccmp", "locl", "pnum"]
    o.hinting, o.name_IDs, o.notdef_outline, o.glyph_names = False, [0, 1, 2, 13, 14], True, False
    s = Subsetter(o)
    s.populate(text="".join(characters))
    s.subset(font)

def write(name, scripts, characters):
    files, missing = [], set(characters)
    for script in scripts:
        files += filter(None, [part(script, missing)])
        missing -= set(map(chr, TTFont(files[-1]).getBestCmap())) if files else set()
    font = Merger().merge(files) if len(files) > 1 else TTFont(files[0])
    font.recalcTimestamp = False
    font["head"].created = font["head"].modified = 3786912000  # 2024, in seconds since 1904
    subset(font, characters)
    font.flavor = "woff2"
    path = os.path.join(out, f"{stem}-{name}.woff2")
    font.save(path)
    have = font.getBestCmap()
    print(f"{os.path.basename(path)}: {os.path.getsize(path)} bytes, {len(have)} characters"
          + "".join(f"; without {c}" for c in sorted(set(characters)) if ord(c) not in have and c in marks + basic + cyrillic))
    return font

def ranges(font):
    have, runs = sorted(font.getBestCmap()), []
    for c in have:
        if runs and c == runs[-1][1] + 1:
            runs[-1][1] = c
        else:
            runs.append([c, c])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)

western = "".join(c for c in latin if ord(c) < 0x100 or ord(c) >= 0x180 and c not in "ȘșȚțẞ") + "ŒœŸıŠšŽž"
L = write("latin", ["latin", "latin-ext"], western)
E = write("latin-ext", ["latin-ext"], "".join(c for c in latin if c not in western))
C = write("cyrillic", ["cyrillic", "cyrillic-ext", "latin", "latin-ext"], cyrillic + marks + basic)
X = write("cyrillic-ext", ["cyrillic", "cyrillic-ext"], others)

# How wide common letters are on average, and ascent and descent, in ems.
# size-adjust of a local fallback is this width by the fallback's: the same
# sentences give Noto Serif .4968 and .5174 em, Noto Sans .4885 and .4987.
# ascent-override and descent-override are the face's by size-adjust.
def average(font, text):
    cmap, hmtx = font.getBestCmap(), font["hmtx"]
    return sum(hmtx[cmap[ord(c)]][0] for c in text) / len(text) / font["head"].unitsPerEm

english = "the quick brown fox and a lazy dog were at home before anyone had come in from the rain "
russian = "и вот уже утро на кухне где кот смотрит в окно а кофе стоит на столе и пахнет на весь дом "
head, hhea = L["head"].unitsPerEm, L["hhea"]
print(f"ascent {hhea.ascent/head:.3f} descent {-hhea.descent/head:.3f} gap {hhea.lineGap/head:.3f}")
print(f"average width: Latin {average(L, english):.4f}, Cyrillic {average(C, russian):.4f} em")
print("latin unicode-range:", ranges(L))
print("latin-ext unicode-range:", ranges(E))
print("cyrillic unicode-range:", ranges(C))
print("cyrillic-ext unicode-range:", ranges(X))
PYTHON
