package amend

import "testing"

const typical = "id = \"m7q2k4\"\ntitle = \"Latte with Murka\"\nalt = \"A grey cat\"\nstatus = \"pending\"\ntags = [\"cat\"]\n\n[author]\nname = \"Olya\"\n\n[grant]\nstatus = \"granted\"\nscope = [\"site\", \"feed\"]\n"

// BenchmarkApply is one decision of a reviewer: four keys of one file.
func BenchmarkApply(b *testing.B) {
	src := []byte("+++\n" + typical + "+++\nA story.\n")
	for b.Loop() {
		_, err := Apply("x.md", src, Change{"status", "approved"}, Change{"review.by", "Vera"}, Change{"alt", "A cat"}, Change{"tags.1", "tea"})
		if err != nil {
			b.Fatal(err)
		}
	}
}
