package film

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// playing loads a file, seeks, plays to the end, and says what it was like.
const playing = `new Promise(done => {
	const v = document.createElement("video"), type = %q
	const say = how => done({how, can: v.canPlayType(type), seconds: v.duration, width: v.videoWidth, height: v.videoHeight})
	v.muted = true
	v.onerror = () => say("error: " + v.error.message)
	v.onloadedmetadata = () => { v.currentTime = v.duration * 0.6 }
	v.onseeked = () => v.play().catch(e => say("does not play: " + e))
	v.onended = () => say("ended")
	v.src = "/film/%s"
	document.body.append(v)
})`

// TestPlays is a third opinion: Chromium plays what is written, believes its
// type, seeks in it, and finds the size and length that Info tells.
func TestPlays(t *testing.T) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip(err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<!doctype html><body>") })
	for _, s := range samples {
		_, out := clean(t, sample(t, s.file))
		mux.HandleFunc("/film/"+s.file, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", s.want.Type)
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(out))
		})
	}
	server := httptest.NewServer(mux)
	defer server.Close()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	ctx, stop = chromedp.NewContext(ctx)
	defer stop()
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL)); err != nil {
		t.Fatal(err)
	}
	for _, s := range samples {
		if s.want.Video == "HEVC" {
			continue // this Chromium may have no decoder for it
		}
		plays(t, ctx, s.file, s.want)
	}
}

func plays(t *testing.T, ctx context.Context, file string, want Info) {
	t.Helper()
	type said struct {
		How, Can      string
		Seconds       float64
		Width, Height int
	}
	mime := want.Type
	if want.Codecs != "" {
		mime += fmt.Sprintf("; codecs=%q", want.Codecs)
	}
	got, err := chromedp.Run(ctx, chromedp.Evaluate[said](fmt.Sprintf(playing, mime, file), chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	if got.How != "ended" || got.Can == "" || got.Width != want.Width || got.Height != want.Height || math.Abs(got.Seconds-want.Seconds) > 0.01 {
		t.Errorf("%s: %+v, want %d × %d, %v s", file, got, want.Width, want.Height, want.Seconds)
	}
}
