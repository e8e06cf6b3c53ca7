//go:build !noasm

#include "textflag.h"

// What a lane starts with and what is taken off again, four times: laneStart
// and 64, as in resample.go.
DATA start<>+0(SB)/8, $0x2040204020402040
GLOBL start<>(SB), RODATA|NOPTR, $8
DATA below<>+0(SB)/8, $0x0040004000400040
GLOBL below<>(SB), RODATA|NOPTR, $8
DATA ones<>+0(SB)/8, $0x0101010101010101
GLOBL ones<>(SB), RODATA|NOPTR, $8
DATA twos<>+0(SB)/8, $0x0002000200020002
GLOBL twos<>(SB), RODATA|NOPTR, $8

// func weighAVX2(dst, src *byte, n, stride int, weights *int16, rows int)
//
// Thirty-two columns at a time, each in a lane of 16 bits. The lanes wrap
// around as those of a machine word do, and end unsigned all the same.
TEXT ·weighAVX2(SB), NOSPLIT, $0-48
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ n+16(FP), CX
	MOVQ stride+24(FP), DX
	MOVQ weights+32(FP), R8
	MOVQ rows+40(FP), R9
	VPXOR Y15, Y15, Y15
	VPBROADCASTQ start<>(SB), Y14
	VPBROADCASTQ below<>(SB), Y13
	SUBQ $32, CX // where the last block begins
	XORQ AX, AX

block:
	LEAQ (SI)(AX*1), R10
	MOVQ R8, R11
	MOVQ R9, R12
	VMOVDQA Y14, Y0
	VMOVDQA Y14, Y1

row:
	// Bytes become lanes: Y2 the lower half of each 16, Y4 the upper.
	VMOVDQU (R10), Y2
	VPBROADCASTW (R11), Y3
	VPUNPCKHBW Y15, Y2, Y4
	VPUNPCKLBW Y15, Y2, Y2
	VPMULLW Y3, Y2, Y2
	VPMULLW Y3, Y4, Y4
	VPADDW Y2, Y0, Y0
	VPADDW Y4, Y1, Y1
	ADDQ DX, R10
	ADDQ $2, R11
	DECQ R12
	JNZ row

	// Packing bounds signed lanes to 0 … 255 and joins the halves again.
	VPSRLW $7, Y0, Y0
	VPSRLW $7, Y1, Y1
	VPSUBW Y13, Y0, Y0
	VPSUBW Y13, Y1, Y1
	VPACKUSWB Y1, Y0, Y0
	VMOVDQU Y0, (DI)(AX*1)

	CMPQ AX, CX
	JEQ done
	ADDQ $32, AX
	CMPQ AX, CX
	JLE block
	MOVQ CX, AX // the last may be done twice in part
	JMP block

done:
	VZEROUPPER
	RET

// func halveAVX2(dst, a, b *byte, n int)
//
// Multiplied by one, neighbours are added into lanes of 16 bits.
TEXT ·halveAVX2(SB), NOSPLIT, $0-32
	MOVQ dst+0(FP), DI
	MOVQ a+8(FP), SI
	MOVQ b+16(FP), DX
	MOVQ n+24(FP), CX
	VPBROADCASTQ ones<>(SB), Y15
	VPBROADCASTQ twos<>(SB), Y14
	SUBQ $32, CX
	XORQ AX, AX

block:
	VMOVDQU (SI)(AX*2), Y0
	VMOVDQU 32(SI)(AX*2), Y1
	VMOVDQU (DX)(AX*2), Y2
	VMOVDQU 32(DX)(AX*2), Y3
	VPMADDUBSW Y15, Y0, Y0
	VPMADDUBSW Y15, Y1, Y1
	VPMADDUBSW Y15, Y2, Y2
	VPMADDUBSW Y15, Y3, Y3
	VPADDW Y2, Y0, Y0
	VPADDW Y3, Y1, Y1
	VPADDW Y14, Y0, Y0
	VPADDW Y14, Y1, Y1
	VPSRLW $2, Y0, Y0
	VPSRLW $2, Y1, Y1
	VPACKUSWB Y1, Y0, Y0
	VPERMQ $0xD8, Y0, Y0 // packing went by halves
	VMOVDQU Y0, (DI)(AX*1)

	CMPQ AX, CX
	JEQ done
	ADDQ $32, AX
	CMPQ AX, CX
	JLE block
	MOVQ CX, AX
	JMP block

done:
	VZEROUPPER
	RET

// A step of the transposition. With the number of a register (three bits)
// before the place in its half (four bits) as a sample's address, merging a
// register with the fourth after it turns the address to the left by one.
#define MERGE(a, b, low, high) \
	VPUNPCKLBW b, a, low; \
	VPUNPCKHBW b, a, high

// Rows y and y+8, sixteen samples each, into the halves of a register.
#define ROWS(X, Y) \
	VMOVDQU (R10), X; \
	VINSERTI128 $1, (R11), Y, Y; \
	ADDQ DX, R10; \
	ADDQ DX, R11

// A register holds two columns by halves, eight samples each: they are joined
// and stored.
#define COLUMNS(X, Y) \
	VPERMQ $0xD8, Y, Y; \
	VMOVDQU X, (R12); \
	VEXTRACTI128 $1, Y, (R12)(R9*1); \
	LEAQ (R12)(R9*2), R12

// func turnAVX2(dst, src *byte, dstStride, srcStride, n int)
//
// Sixteen rows at once, sixteen columns at a time.
TEXT ·turnAVX2(SB), NOSPLIT, $0-40
	MOVQ dst+0(FP), DI
	MOVQ src+8(FP), SI
	MOVQ dstStride+16(FP), R9
	MOVQ srcStride+24(FP), DX
	MOVQ n+32(FP), CX
	SUBQ $16, CX
	XORQ AX, AX

block:
	LEAQ (SI)(AX*1), R10
	LEAQ (R10)(DX*8), R11
	MOVQ AX, R12
	IMULQ R9, R12
	ADDQ DI, R12
	ROWS(X0, Y0)
	ROWS(X1, Y1)
	ROWS(X2, Y2)
	ROWS(X3, Y3)
	ROWS(X4, Y4)
	ROWS(X5, Y5)
	ROWS(X6, Y6)
	ROWS(X7, Y7)
	MERGE(Y0, Y4, Y8, Y9)
	MERGE(Y1, Y5, Y10, Y11)
	MERGE(Y2, Y6, Y12, Y13)
	MERGE(Y3, Y7, Y14, Y15)
	MERGE(Y8, Y12, Y0, Y1)
	MERGE(Y9, Y13, Y2, Y3)
	MERGE(Y10, Y14, Y4, Y5)
	MERGE(Y11, Y15, Y6, Y7)
	MERGE(Y0, Y4, Y8, Y9)
	MERGE(Y1, Y5, Y10, Y11)
	MERGE(Y2, Y6, Y12, Y13)
	MERGE(Y3, Y7, Y14, Y15)
	COLUMNS(X8, Y8)
	COLUMNS(X9, Y9)
	COLUMNS(X10, Y10)
	COLUMNS(X11, Y11)
	COLUMNS(X12, Y12)
	COLUMNS(X13, Y13)
	COLUMNS(X14, Y14)
	COLUMNS(X15, Y15)

	CMPQ AX, CX
	JEQ done
	ADDQ $16, AX
	CMPQ AX, CX
	JLE block
	MOVQ CX, AX
	JMP block

done:
	VZEROUPPER
	RET
