package live

import (
	"path"
	"strings"

	"gallerist/builder/publish"
)

// types are the media types of what sites are made of. They stand here, as
// the machine's own table differs from one to the next.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8",
	".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
	".json": "application/json", ".map": "application/json",
	".webmanifest": "application/manifest+json", ".xml": "application/xml",
	".xsl": "application/xslt+xml", ".txt": "text/plain; charset=utf-8",
	".csv": "text/csv; charset=utf-8", ".ics": "text/calendar; charset=utf-8",
	".vtt": "text/vtt; charset=utf-8", ".pdf": "application/pdf",
	".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif",
	".webp": "image/webp", ".avif": "image/avif", ".svg": "image/svg+xml", ".ico": "image/x-icon",
	".mp4": "video/mp4", ".webm": "video/webm", ".mov": "video/quicktime",
	".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg", ".oga": "audio/ogg",
	".opus": "audio/ogg", ".wav": "audio/wav", ".flac": "audio/flac",
	".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf",
}

// typeOf returns a file's media type.
func typeOf(f publish.File) string {
	if f.Type != "" {
		return f.Type
	}
	if t := types[strings.ToLower(path.Ext(f.Path))]; t != "" {
		return t
	}
	return "application/octet-stream"
}

func isHTML(mediaType string) bool {
	return strings.HasPrefix(mediaType, "text/html")
}

func isSheet(mediaType string) bool {
	return strings.HasPrefix(mediaType, "text/css")
}
