package source

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"slices"
	"strings"
	"time"
)

// codec writes values of one type as bytes and reads them. It knows what the
// nouns are made of: texts, numbers, bools, times, and structs, slices, arrays
// of bytes, pointers and maps by text of these, all with exported fields.
//
//	struct            a bit for each field that is not zero, then those fields
//	text              its number among the texts of the record, or 0 or, where it is
//	                  not numbered, 1; then length and bytes
//	slice, map        how many, then each; a map's keys in order
//	pointer           what it points to; nil is a zero field
//	time              Unix seconds, nanoseconds; in the zone of the reader
//	other             a varint; float64 its 8 bytes
type codec struct {
	enc func(*encoder, reflect.Value)
	dec func(*decoder, reflect.Value)
}

// encoder appends to buf. Texts are numbered from 2 within a record, but long
// ones, which are rarely there twice, not at all.
type encoder struct {
	buf   []byte
	texts map[string]uint64
}

const longText = 200 // bytes

// decoder reads data. After an error it reads zeros.
type decoder struct {
	data  string
	texts []string
	zone  *time.Location
	err   error
}

var errDamaged = errors.New("not what was saved")

// codecs are made once a type.
type codecs map[reflect.Type]codec

func (cs codecs) of(t reflect.Type) codec {
	if c, ok := cs[t]; ok {
		return c
	}
	c := cs.make(t)
	cs[t] = c
	return c
}

func (cs codecs) make(t reflect.Type) codec {
	if t == reflect.TypeFor[time.Time]() {
		return codec{encodeTime, decodeTime}
	}
	switch t.Kind() {
	case reflect.String:
		return codec{func(e *encoder, v reflect.Value) { e.text(v.String()) }, func(d *decoder, v reflect.Value) { v.SetString(d.text()) }}
	case reflect.Bool:
		return codec{func(e *encoder, v reflect.Value) { e.uint(uint64(b2i(v.Bool()))) }, func(d *decoder, v reflect.Value) { v.SetBool(d.uint() == 1) }}
	case reflect.Int, reflect.Int32, reflect.Int64:
		return codec{func(e *encoder, v reflect.Value) { e.int(v.Int()) }, func(d *decoder, v reflect.Value) { v.SetInt(d.int()) }}
	case reflect.Uint8, reflect.Uint32, reflect.Uint64:
		return codec{func(e *encoder, v reflect.Value) { e.uint(v.Uint()) }, func(d *decoder, v reflect.Value) { v.SetUint(d.uint()) }}
	case reflect.Float64:
		return codec{
			func(e *encoder, v reflect.Value) {
				e.buf = binary.LittleEndian.AppendUint64(e.buf, math.Float64bits(v.Float()))
			},
			func(d *decoder, v reflect.Value) {
				v.SetFloat(math.Float64frombits(binary.LittleEndian.Uint64([]byte(d.bytes(8)))))
			},
		}
	case reflect.Array:
		return codec{
			func(e *encoder, v reflect.Value) {
				for i := range v.Len() {
					e.buf = append(e.buf, byte(v.Index(i).Uint()))
				}
			},
			func(d *decoder, v reflect.Value) { reflect.Copy(v, reflect.ValueOf([]byte(d.bytes(v.Len())))) },
		}
	case reflect.Pointer:
		elem := cs.of(t.Elem())
		return codec{
			func(e *encoder, v reflect.Value) { elem.enc(e, v.Elem()) },
			func(d *decoder, v reflect.Value) { v.Set(reflect.New(t.Elem())); elem.dec(d, v.Elem()) },
		}
	case reflect.Slice:
		return sliceCodec(t, cs.of(t.Elem()))
	case reflect.Map:
		return mapCodec(t, cs.of(t.Elem()))
	case reflect.Struct:
		return cs.structCodec(t)
	}
	panic("source: no codec for " + t.String()) // a test encodes every type there is
}

func sliceCodec(t reflect.Type, elem codec) codec {
	return codec{
		func(e *encoder, v reflect.Value) {
			e.uint(uint64(v.Len()))
			for i := range v.Len() {
				elem.enc(e, v.Index(i))
			}
		},
		func(d *decoder, v reflect.Value) {
			n := d.count()
			if n == 0 {
				v.Set(reflect.MakeSlice(t, 0, 0)) // which is not nil
			}
			v.Grow(n)
			v.SetLen(n)
			for i := range n {
				elem.dec(d, v.Index(i))
			}
		},
	}
}

func mapCodec(t reflect.Type, elem codec) codec {
	return codec{
		func(e *encoder, v reflect.Value) {
			keys := v.MapKeys()
			slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
			e.uint(uint64(len(keys)))
			for _, key := range keys {
				e.text(key.String())
				elem.enc(e, v.MapIndex(key))
			}
		},
		func(d *decoder, v reflect.Value) {
			n := d.count()
			v.Set(reflect.MakeMapWithSize(t, n))
			for range n {
				key, value := d.text(), reflect.New(t.Elem()).Elem()
				elem.dec(d, value)
				v.SetMapIndex(reflect.ValueOf(key), value)
			}
		},
	}
}

func (cs codecs) structCodec(t reflect.Type) codec {
	fields := make([]codec, t.NumField())
	for i := range fields {
		fields[i] = cs.of(t.Field(i).Type)
	}
	return codec{
		func(e *encoder, v reflect.Value) {
			var mask uint64
			for i := range fields {
				mask |= uint64(b2i(!v.Field(i).IsZero())) << i
			}
			e.uint(mask)
			for i, f := range fields {
				if mask>>i&1 != 0 {
					f.enc(e, v.Field(i))
				}
			}
		},
		func(d *decoder, v reflect.Value) {
			mask := d.uint()
			for i, f := range fields {
				if mask>>i&1 != 0 && d.err == nil {
					f.dec(d, v.Field(i))
				}
			}
		},
	}
}

// describe writes what a type is made of, so that values of another one are not
// taken for it.
func describe(w io.Writer, t reflect.Type) {
	fmt.Fprint(w, t.Kind(), " ")
	switch {
	case t == reflect.TypeFor[time.Time]():
	case t.Kind() == reflect.Struct:
		for i := range t.NumField() {
			fmt.Fprint(w, t.Field(i).Name, " ")
			describe(w, t.Field(i).Type)
		}
		fmt.Fprint(w, "; ")
	case t.Kind() == reflect.Array:
		fmt.Fprint(w, t.Len(), " ")
	case t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer || t.Kind() == reflect.Map:
		describe(w, t.Elem())
	}
}

func (e *encoder) uint(n uint64) { e.buf = binary.AppendUvarint(e.buf, n) }
func (e *encoder) int(n int64)   { e.buf = binary.AppendVarint(e.buf, n) }

func (e *encoder) text(s string) {
	if len(s) > longText {
		e.uint(1)
	} else {
		if n, ok := e.texts[s]; ok {
			e.uint(n)
			return
		}
		e.texts[s] = uint64(len(e.texts) + 2)
		e.uint(0)
	}
	e.uint(uint64(len(s)))
	e.buf = append(e.buf, s...)
}

func encodeTime(e *encoder, v reflect.Value) {
	t := v.Interface().(time.Time)
	e.int(t.Unix())
	e.uint(uint64(t.Nanosecond()))
}

func decodeTime(d *decoder, v reflect.Value) {
	sec, nsec := d.int(), d.uint()
	if nsec >= 1e9 {
		d.err = errDamaged
		return
	}
	v.Set(reflect.ValueOf(time.Unix(sec, int64(nsec)).In(d.zone)))
}

func (d *decoder) uint() uint64 {
	var n uint64
	for i := 0; i < len(d.data) && i < binary.MaxVarintLen64; i++ {
		b := d.data[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			d.data = d.data[i+1:]
			return n
		}
	}
	d.err, d.data = errDamaged, ""
	return 0
}

func (d *decoder) int() int64 {
	n := d.uint()
	return int64(n>>1) ^ -int64(n&1)
}

// count reads how many follow, each of which takes a byte or more.
func (d *decoder) count() int {
	n := d.uint()
	if n > uint64(len(d.data)) {
		d.err, d.data = errDamaged, ""
		return 0
	}
	return int(n)
}

// bytes always returns n of them.
func (d *decoder) bytes(n int) string {
	if n > len(d.data) {
		d.err, d.data = errDamaged, ""
		return strings.Repeat("\x00", n)
	}
	s := d.data[:n]
	d.data = d.data[n:]
	return s
}

func (d *decoder) text() string {
	switch n := d.uint(); {
	case d.err != nil:
		return ""
	case n == 0:
		s := d.bytes(d.count())
		d.texts = append(d.texts, s)
		return s
	case n == 1:
		return d.bytes(d.count())
	case n-2 < uint64(len(d.texts)):
		return d.texts[n-2]
	}
	d.err, d.data = errDamaged, ""
	return ""
}
