package builder

import (
	"math/big"
	"slices"
	"strconv"

	"gallerist/builder/gallery"
)

// Points are decimal numbers as somebody wrote them, and means of them are
// computed as one would on paper: exactly, and rounded once, when they are
// written. So the table of a page can be checked, and is the same on every
// machine.

// scores are the points that a jury gave a piece.
type scores struct {
	verdicts []gallery.Verdict // those with points by members of the jury, in its order
	means    []*big.Rat        // by criterion; nil = nobody gave points
	total    *big.Rat          // nil where a criterion is without points
	most     *big.Rat          // the most that a total can be
}

// scoresOf returns a piece's points, nil where nobody gave any.
func scoresOf(p *piece) *scores {
	c := p.gallery.Contest
	if c == nil || len(c.Criteria) == 0 {
		return nil
	}
	s := &scores{}
	for _, member := range c.Jury {
		i := slices.IndexFunc(p.Verdicts, func(v gallery.Verdict) bool { return v.By == member.ID && len(v.Scores) > 0 })
		if i >= 0 && member.ID != "" {
			s.verdicts = append(s.verdicts, p.Verdicts[i])
		}
	}
	if len(s.verdicts) == 0 {
		return nil
	}
	s.add(c.Criteria)
	return s
}

// add computes the means: of each criterion that of all who gave points for it,
// and of the whole the mean of those by weight.
func (s *scores) add(criteria []gallery.Criterion) {
	weights, sum, most := new(big.Rat), new(big.Rat), new(big.Rat)
	whole := true
	for _, c := range criteria {
		mean := s.mean(c.ID)
		s.means = append(s.means, mean)
		if whole = whole && mean != nil; !whole {
			continue
		}
		weight := exact(c.Weight)
		weights.Add(weights, weight)
		sum.Add(sum, new(big.Rat).Mul(weight, mean))
		most.Add(most, new(big.Rat).Mul(weight, exact(c.Most)))
	}
	if whole {
		s.total, s.most = sum.Quo(sum, weights), most.Quo(most, weights)
	}
}

// mean returns the mean of the points for a criterion, nil where nobody gave
// any.
func (s *scores) mean(criterion string) *big.Rat {
	sum, n := new(big.Rat), int64(0)
	for _, v := range s.verdicts {
		if points, ok := v.Scores[criterion]; ok {
			sum.Add(sum, exact(points))
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return sum.Quo(sum, new(big.Rat).SetInt64(n))
}

// exact returns the decimal number that somebody wrote.
func exact(f float64) *big.Rat {
	r, _ := new(big.Rat).SetString(decimal(f)) // a number is one
	return r
}

// decimal writes a number with as few digits as tell it from all others.
func decimal(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// hundredths writes a number with two digits behind the point, rounded half
// away from zero.
func hundredths(r *big.Rat) string { return r.FloatString(2) }
