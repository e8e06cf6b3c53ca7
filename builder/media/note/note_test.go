package note

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"io"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// full is a note with every field, and letters that want care.
func full() *Note {
	return &Note{
		Creators:    []string{"Оля Ветрова", `Иван "Ваня" Пёс & сын`, "O'Neil <o@example.org>"},
		Credit:      "Фото: Оля Ветрова / «Моё утро»",
		Copyright:   "© 2026 Оля Ветрова",
		Terms:       "https://example.org/terms?a=1&b=2",
		License:     "https://creativecommons.org/licenses/by/4.0/",
		LicensorURL: "https://example.org/olya/",
		SourceType:  "digitalCapture",
		Lang:        "ru",
	}
}

func TestXMP(t *testing.T) {
	const want = "<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"` +
		` xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:cc="http://creativecommons.org/ns#"` +
		` xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">` +
		`<dc:creator><rdf:Seq><rdf:li>Оля Ветрова</rdf:li><rdf:li>Иван &quot;Ваня&quot; Пёс &amp; сын</rdf:li><rdf:li>O'Neil &lt;o@example.org&gt;</rdf:li></rdf:Seq></dc:creator>` +
		`<photoshop:Credit>Фото: Оля Ветрова / «Моё утро»</photoshop:Credit>` +
		`<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 Оля Ветрова</rdf:li><rdf:li xml:lang="ru">© 2026 Оля Ветрова</rdf:li></rdf:Alt></dc:rights>` +
		`<xmpRights:Marked>True</xmpRights:Marked><xmpRights:WebStatement>https://example.org/terms?a=1&amp;b=2</xmpRights:WebStatement>` +
		`<cc:license rdf:resource="https://creativecommons.org/licenses/by/4.0/"/>` +
		`<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorURL>https://example.org/olya/</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>` +
		`<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture</Iptc4xmpExt:DigitalSourceType>` +
		`</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`
	if got := string(full().XMP()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestFields reads packets with an XML reader and looks for each fact where it
// belongs.
func TestFields(t *testing.T) {
	for _, c := range []struct {
		name string
		note Note
		want map[string]string
	}{
		{"all", *full(), map[string]string{
			"creator": `Оля Ветрова|Иван "Ваня" Пёс & сын|O'Neil <o@example.org>`, "Credit": "Фото: Оля Ветрова / «Моё утро»",
			"rights": "© 2026 Оля Ветрова|© 2026 Оля Ветрова", "Marked": "True", "WebStatement": "https://example.org/terms?a=1&b=2",
			"license": "https://creativecommons.org/licenses/by/4.0/", "LicensorURL": "https://example.org/olya/",
			"DigitalSourceType": sourceTypes + "digitalCapture"}},
		{"creator", Note{Creators: []string{"", " Оля\n", "\x00"}}, map[string]string{"creator": "Оля"}},
		{"copyright", Note{Copyright: "© Оля", Lang: `ru"><x`}, map[string]string{"rights": "© Оля", "Marked": "True"}},
		{"licence alone", Note{License: "https://creativecommons.org/licenses/by/4.0/"}, map[string]string{
			"license": "https://creativecommons.org/licenses/by/4.0/", "Marked": "True", "WebStatement": "https://creativecommons.org/licenses/by/4.0/"}},
		{"public domain", Note{License: "https://creativecommons.org/publicdomain/zero/1.0/", Terms: "https://example.org/"}, map[string]string{
			"license": "https://creativecommons.org/publicdomain/zero/1.0/", "Marked": "False", "WebStatement": "https://example.org/"}},
		{"bad source", Note{SourceType: "digital Capture", Credit: "x"}, map[string]string{"Credit": "x"}},
		{"an address in quotes", Note{License: `https://example.org/"<&>`}, map[string]string{
			"license": `https://example.org/"<&>`, "Marked": "True", "WebStatement": `https://example.org/"<&>`}},
		{"control characters", Note{Credit: "a\x00b\tc\r\nd\x1b\x7fe\u0085f\ufffe\ufffdg\xffh\u00a0:\u200d"}, map[string]string{"Credit": "ab c de fgh\u00a0:\u200d"}},
	} {
		if got := read(t, c.note.XMP()); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// read returns the properties of a packet by their local names, items of lists
// joined by "|".
func read(t testing.TB, packet []byte) map[string]string {
	t.Helper()
	found := map[string]string{}
	d := xml.NewDecoder(bytes.NewReader(packet))
	var path []string
	for {
		token, err := d.Token()
		if err == io.EOF {
			return found
		}
		if err != nil {
			t.Fatalf("%v in %q", err, packet)
		}
		switch e := token.(type) {
		case xml.StartElement:
			path = append(path, e.Name.Local)
			for _, a := range e.Attr {
				if a.Name.Local == "resource" {
					found[e.Name.Local] = a.Value
				}
			}
		case xml.EndElement:
			path = path[:len(path)-1]
		case xml.CharData:
			name := path[len(path)-1]
			if name == "li" {
				name = path[len(path)-3]
			}
			if old, ok := found[name]; ok {
				found[name] = old + "|" + string(e)
			} else {
				found[name] = string(e)
			}
		}
	}
}

func TestEmpty(t *testing.T) {
	for _, n := range []*Note{{}, {Lang: "ru"}, {Creators: []string{"", " \n"}}, {SourceType: "no word"}} {
		if !n.Empty() || n.XMP() != nil {
			t.Errorf("%+v is not empty: %q", n, n.XMP())
		}
	}
	if full().Empty() {
		t.Error("a full note is empty")
	}
}

// TestLimits: whatever is written, the packet fits, can be read, and texts are
// cut between letters.
func TestLimits(t *testing.T) {
	for _, unit := range []string{"a", "ж", "&", "😀", "\"<>", "word ", "  \n"} {
		long := strings.Repeat(unit, 20000)
		n := &Note{Credit: long, Copyright: long, Terms: long, License: long, LicensorURL: long, SourceType: long, Lang: "ru-RU"}
		for range 300 {
			n.Creators = append(n.Creators, long[:len(unit)*1000], unit)
		}
		// addresses of the greatest length that is kept
		address := "https://example.org/" + strings.Repeat("&", (maxValue-20)/5)
		for _, n := range []*Note{n, {Creators: n.Creators, Credit: long, Copyright: long, Terms: address, License: address, LicensorURL: address, Lang: "ru"}} {
			packet := n.XMP()
			if len(packet) > MaxXMP {
				t.Fatalf("%q: %d bytes", unit, len(packet))
			}
			if packet == nil {
				continue
			}
			fields := read(t, packet)
			if credit := fields["Credit"]; strings.TrimSpace(unit) != "" &&
				(!strings.HasSuffix(credit, "…") || !strings.HasPrefix(long, strings.TrimSuffix(credit, "…")) || len(credit) < 600) {
				t.Errorf("%q is cut to %q", unit, credit)
			}
			if n.Terms == address && (fields["WebStatement"] != address || fields["license"] != address || fields["LicensorURL"] != address) {
				t.Errorf("an address of %d bytes is lost", len(address))
			}
			if n.Terms == long && fields["WebStatement"] != "" {
				t.Errorf("%q: a cut address is written", unit)
			}
		}
	}
	exact := strings.Repeat("ж", maxValue/2)
	if got := read(t, (&Note{Credit: exact}).XMP())["Credit"]; got != exact {
		t.Errorf("a text of just %d bytes is changed to %d", len(exact), len(got))
	}
}

func FuzzXMP(f *testing.F) {
	f.Add("Оля", "a & b", "https://example.org/?a=\"&b", "ru", "digitalCapture")
	f.Add("\x00\ufffe\xff\xed\xa0\x80", "]]>", "<!--", "x-default", "<")
	f.Fuzz(func(t *testing.T, name, text, url, lang, source string) {
		n := &Note{Creators: []string{name, text}, Credit: text, Copyright: text, Terms: url, License: url, LicensorURL: url, SourceType: source, Lang: lang}
		packet := n.XMP()
		if len(packet) > MaxXMP || !utf8.Valid(packet) || n.Empty() != (packet == nil) {
			t.Errorf("%d bytes", len(packet))
		}
		fields := read(t, packet)
		if want := clean(text); len(want) < maxValue/6 && fields["Credit"] != want {
			t.Errorf("credit %q, want %q", fields["Credit"], want)
		}
		if want := clean(url); len(want) < maxValue/6 && fields["license"] != want {
			t.Errorf("licence %q, want %q", fields["license"], want)
		}
	})
}

func noisy(n int) []byte {
	r := rand.New(rand.NewPCG(1, uint64(n)))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.IntN(256))
	}
	return b
}

// box builds a box of ISO/IEC 14496-12 or JUMBF.
func box(name string, payload ...[]byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(8+len(bytes.Join(payload, nil))))
	return append(append(b, name...), bytes.Join(payload, nil)...)
}

// longBox builds one whose length is a long one.
func longBox(name string, payload ...[]byte) []byte {
	b := append([]byte{0, 0, 0, 1}, name...)
	b = binary.BigEndian.AppendUint64(b, uint64(16+len(bytes.Join(payload, nil))))
	return append(b, bytes.Join(payload, nil)...)
}

func segment(marker byte, payload ...[]byte) []byte {
	p := bytes.Join(payload, nil)
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(2+len(p))), p...)
}

func chunk(name string, payload []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(payload)))
	return append(append(append(b, name...), payload...), 0, 0, 0, 0)
}

func TestSigned(t *testing.T) {
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	describe := func(kind string) []byte {
		return box("jumd", []byte(kind+"\x00\x11\x00\x10\x80\x00\x00\xaa\x00\x38\x9b\x71"), []byte("\x03c2pa\x00"))
	}
	store, other := box("jumb", describe("c2pa"), noisy(300)), box("jumb", describe("json"), noisy(300))
	long := longBox("jumb", describe("c2pa"), noisy(300))
	app11 := func(jumbf []byte) []byte { return segment(0xeb, []byte("JP\x00\x01\x00\x00\x00\x01"), jumbf) }
	jpeg := func(parts ...[]byte) []byte {
		return join([]byte{0xff, 0xd8}, segment(0xe0, []byte("JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00")), join(parts...),
			segment(0xda, []byte{1, 1, 0, 0, 63, 0}), noisy(100), []byte{0xff, 0xd9})
	}
	png := func(parts ...[]byte) []byte {
		return join([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", make([]byte, 13)), join(parts...), chunk("IDAT", noisy(50)), chunk("IEND", nil))
	}
	webp := func(parts ...[]byte) []byte {
		body := join(appendChunk(nil, "VP8 ", noisy(33)), join(parts...))
		return join([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(4+len(body))), []byte("WEBP"), body)
	}
	ftyp := box("ftyp", []byte("heic\x00\x00\x00\x00mif1"))
	manifest := append(bytes.Clone(manifestBox), "\x00\x00\x00\x00manifest\x00"...)
	for _, c := range []struct {
		name, format string
		data         []byte
		want         bool
	}{
		{"JPEG", "jpeg", jpeg(app11(store)), true},
		{"JPEG, long box", "jpeg", jpeg(app11(long)), true},
		{"JPEG, after others", "jpeg", jpeg(segment(0xe1, noisy(50)), []byte{0xff}, app11(other), app11(store)), true},
		{"JPEG with another kind of JUMBF", "jpeg", jpeg(app11(other)), false},
		{"JPEG without", "jpeg", jpeg(), false},
		{"JPEG after the picture", "jpeg", join(jpeg(), app11(store)), false},
		{"JPEG by a wrong name", "png", jpeg(app11(store)), false},
		{"JPEG, cut", "jpeg", jpeg(app11(store))[:60], false},
		{"PNG", "png", png(chunk("tEXt", noisy(9)), chunk("caBX", store)), true},
		{"PNG without", "png", png(chunk("caBX", other)), false},
		{"PNG, cut", "png", png(chunk("caBX", store))[:80], false},
		{"WebP", "webp", webp(appendChunk(nil, "C2PA", store)), true},
		{"WebP without", "webp", webp(), false},
		{"HEIC", "heic", join(ftyp, box("uuid", manifest, store), box("mdat", noisy(90))), true},
		{"AVIF, at the end", "avif", join(ftyp, longBox("mdat", noisy(90)), box("uuid", manifest)), true},
		{"film, long box", "mp4", join(ftyp, longBox("uuid", manifest, noisy(40))), true},
		{"film, up to the end", "mov", join(ftyp, []byte("\x00\x00\x00\x00uuid"), manifest), true},
		{"film with another uuid", "mp4", join(ftyp, box("uuid", noisy(30))), false},
		{"film with it inside of another box", "mp4", join(ftyp, box("moov", box("uuid", manifest))), false},
		{"film, nothing", "mp4", nil, false},
		{"film, a length that lies", "mp4", []byte("\x00\x00\x00\x01uuid\x00\x00\x00\x00\x00\x00\x00\x03aaaaaaaaaaa"), false},
		{"unknown", "gif", jpeg(app11(store)), false},
	} {
		if got := Signed(c.format, c.data); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func FuzzSigned(f *testing.F) {
	f.Add([]byte("\xff\xd8\xff\xeb\x00\x20JP\x00\x01\x00\x00\x00\x01\x00\x00\x01\x00jumb\x00\x00\x00\x30jumdc2pa"))
	f.Add([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x08caBXjumbjumd\x00\x00\x00\x00"))
	f.Add([]byte("RIFF\xff\xff\xff\xffWEBPC2PA\xff\xff\xff\xff"))
	f.Add([]byte("\x00\x00\x00\x01uuid\xff\xff\xff\xff\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, format := range []string{"jpeg", "png", "webp", "heic", "mp4"} {
			Signed(format, b)
		}
	})
}
