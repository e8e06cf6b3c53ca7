// Package card draws share cards, the pictures that messengers and networks
// show for a page, and posters for films and sounds that have no picture of
// their own. It gets words, pixels and a colour, and gives pixels; it knows no
// files, pages or people.
//
// # How a card is laid out
//
// Nothing is laid over the picture but the sign of a film or sound: the words
// have a place of their own, and the picture's shape decides where it is
// (layout.go). Upright, square and most lying pictures stand left of a column
// of words, at the card's full height and cut as little as leaves the column
// wide enough; panoramas stand over a band of words; a picture that has only a
// credit stands over one line. Without a picture the words stand on the brand's
// colour. Networks that cut a square from the middle show the picture.
//
// # Words
//
// Titles are set in a serif of optical size 48, everything small in a sans
// (fonts/README.md), both with kerning. A title takes the largest of eight or
// nine sizes that has room, large ones for few lines only. Lines are broken as
// equally as can be and not after what belongs to the next word (pieces.go);
// words are divided only where they are longer than the line (hyphen.go). What
// has no room ends with an ellipsis after a whole word. A text that the fonts
// cannot draw is left out as a whole: no card has empty boxes in place of
// letters.
//
// # Promises
//
//   - The same card gives the same pixels on every processor: arithmetic is in
//     whole numbers, but for the slope of a line in the rasteriser, where no
//     two steps can be fused (canvas.go).
//   - All text has a contrast of 4.5:1 at least, for every brand.
//   - No text, size or picture makes it panic or takes it long: of a text 600
//     letters are looked at.
package card
