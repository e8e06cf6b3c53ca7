package media

// encoders names, by format, everything besides source and geometry that a
// rendition's bytes depend on: the version of this pipeline, the encoder and
// its settings. Whoever changes any of them changes the name, and with it
// every path.
var encoders = map[string]string{
	"jpeg": "1 jpegn 0.6.1 q80 420",
	"webp": "1 deepteams 1.2.1 q80 m2",
}
