package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// machine says on what, and when, was measured. What the system does not say is
// left out.
func machine(begun time.Time, loadBefore string, versions ...string) string {
	parts := []string{begun.UTC().Format("2 January 2006")}
	if cpu := valueOf("/proc/cpuinfo", "model name"); cpu != "" {
		parts = append(parts, cpu)
	}
	cores := fmt.Sprintf("%d processors", runtime.NumCPU())
	if runtime.NumCPU() == 1 {
		cores = "1 processor"
	}
	parts = append(parts, cores)
	var kib float64
	if _, err := fmt.Sscanf(valueOf("/proc/meminfo", "MemTotal"), "%f kB", &kib); err == nil {
		parts = append(parts, fmt.Sprintf("%.1f GiB", kib/(1<<20)))
	}
	system := runtime.GOOS
	if release := firstLine("/proc/sys/kernel/osrelease"); release != "" {
		system = "Linux " + release
	}
	parts = append(parts, system+" "+runtime.GOARCH)
	parts = append(parts, versions...)
	if after := load(); after != "" {
		parts = append(parts, "load "+loadBefore+" before and "+after+" after")
	}
	return strings.Join(parts, ", ") + "."
}

// load is the machine's over the last minute, "" where it is not known.
func load() string {
	first, _, _ := strings.Cut(firstLine("/proc/loadavg"), " ")
	return first
}

func firstLine(file string) string {
	text, _ := os.ReadFile(file) // missing: not such a system
	line, _, _ := strings.Cut(string(text), "\n")
	return strings.TrimSpace(line)
}

// valueOf returns what stands behind a name and a colon in a file of /proc.
func valueOf(file, name string) string {
	text, _ := os.ReadFile(file)
	for line := range strings.Lines(string(text)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
