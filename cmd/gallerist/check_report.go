package main

import (
	"context"
	"fmt"
	"os"
	"path"
	"strings"

	"gallerist/builder"
	"gallerist/builder/findings"
	"gallerist/builder/gitlog"
	"gallerist/builder/problem"
)

// report writes what was found for a host of repositories or a tool.
func (f *flags) report(ctx context.Context, s *site, format string, result *builder.Result, probs problem.List, within *scope) error {
	r := &findings.Report{Problems: probs, Version: version(), Read: s.root.ReadFile}
	if repo, err := gitlog.Open(ctx, s.dir); err == nil { // hosts name files from the repository's folder
		r.Prefix = repo.Prefix
	}
	for _, of := range result.States() {
		if within.folder(of.Folder) {
			r.Pieces = append(r.Pieces, findings.Piece{ID: of.ID, Folder: of.Folder, State: stateWords(of.Reason), Credits: of.Credits})
		}
	}
	r.Pieces = append(r.Pieces, unread(result.States(), probs)...)
	if format == "rdjson" {
		var err error
		if r.Mends, err = s.mendable(ctx, within); err != nil {
			return err
		}
	}
	if err := findings.Write(f.out, format, r); err != nil {
		return &hinted{exitIO, err, ""}
	}
	if name := os.Getenv("GITHUB_STEP_SUMMARY"); format == "github" && name != "" {
		if err := appendSummary(name, r); err != nil {
			return &hinted{exitIO, fmt.Errorf("the summary of the job cannot be written: %w", err), ""}
		}
	}
	return nil
}

// unread returns the submissions that have problems and cannot be read.
func unread(known []builder.SubmissionState, probs problem.List) []findings.Piece {
	seen := map[string]bool{}
	for _, of := range known {
		seen[of.Folder] = true
	}
	var list []findings.Piece
	for _, p := range probs {
		dir, name := path.Split(p.Pos.File)
		if dir = strings.TrimSuffix(dir, "/"); name == "submission.md" && !seen[dir] {
			seen[dir] = true
			list = append(list, findings.Piece{ID: "no id", Folder: dir, State: stateWords("broken")})
		}
	}
	return list
}

// stateWords says where a submission stands.
func stateWords(reason string) string {
	if reason == "" {
		return "published"
	}
	words, _, _ := strings.Cut(reasonWords[reason], ", told above")
	return words
}

// appendSummary adds to the summary of a GitHub job, of which earlier steps may
// have filled a part.
func appendSummary(name string, r *findings.Report) error {
	w, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	info, err := w.Stat()
	if err == nil {
		err = r.Summary(w, findings.SummaryMost-int(min(info.Size(), findings.SummaryMost)))
	}
	if closed := w.Close(); err == nil {
		err = closed
	}
	return err
}

// forLog returns a line for whoever reads it: in the log of a GitHub workflow no
// word of a stranger is a command.
func forLog(line string) string {
	if os.Getenv("GITHUB_ACTIONS") == "" {
		return line
	}
	return findings.ForLog(line)
}
