package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// listen opens a stream of server-sent events (HTML Living Standard, section
// 9.2) and sends when each came, until ctx ends or the server does; then the
// channel is closed.
func listen(ctx context.Context, address string) (<-chan time.Time, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	if kind := response.Header.Get("Content-Type"); response.StatusCode != http.StatusOK || !strings.HasPrefix(kind, "text/event-stream") {
		response.Body.Close()
		return nil, fmt.Errorf("%s: no stream of events: %s, %s", address, response.Status, kind)
	}
	came := make(chan time.Time, 64)
	go func() {
		defer close(came)
		defer response.Body.Close()
		events(response.Body, func() {
			select {
			case came <- time.Now():
			case <-ctx.Done():
			}
		})
	}()
	return came, nil
}

// events calls got after each event with data, until the stream ends. Comments
// are none.
func events(stream io.Reader, got func()) {
	lines := bufio.NewReader(stream)
	data := false
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		switch line = strings.TrimRight(line, "\r\n"); {
		case strings.HasPrefix(line, "data"):
			data = true
		case line == "" && data:
			got()
			data = false
		}
	}
}

// drain forgets what has come until now.
func drain(came <-chan time.Time) {
	for {
		select {
		case _, open := <-came:
			if !open {
				return
			}
		default:
			return
		}
	}
}
