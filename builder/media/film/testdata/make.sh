#!/bin/sh
# Makes the films and sounds of this folder. See README.md.
set -e
f() { ffmpeg -nostdin -hide_banner -loglevel error -y "$@"; }
v="-f lavfi -i testsrc2=size=160x120:rate=15:duration=2"
a="-f lavfi -i sine=frequency=440:sample_rate=44100:duration=2"
a48="-f lavfi -i sine=frequency=440:sample_rate=48000:duration=2"
place="-metadata location=+55.7887+049.1221/ -metadata location-eng=+55.7887+049.1221/"
who="-metadata title=PRIVATEtitle -metadata artist=PRIVATEartist -metadata comment=PRIVATEcomment -metadata make=PRIVATEmake -metadata model=PRIVATEmodel -metadata creation_time=2026-11-02T08:14:00Z"
track="-metadata:s:v handler_name=PRIVATEhandler -metadata:s:a handler_name=PRIVATEhandler -metadata:s:v language=rus"
x264="-c:v libx264 -preset veryslow -crf 34 -pix_fmt yuv420p -g 15"
aac="-c:a aac -b:a 32k"

# What a telephone makes: moov at the end, a place, a make, chapters.
cat > chapters.txt <<'E'
;FFMETADATA1
[CHAPTER]
TIMEBASE=1/1000
START=0
END=1000
title=PRIVATEchapter
E
f $v $a -i chapters.txt -map_chapters 2 $x264 $aac $place $who $track h264.mp4
f $v $a -i chapters.txt -map_chapters 2 $x264 $aac $who $track -movflags use_metadata_tags \
  -metadata com.apple.quicktime.location.ISO6709=+55.7887+049.1221/ -metadata com.apple.quicktime.make=PRIVATEmake \
  -metadata com.apple.quicktime.creationdate=2026-11-02T11:14:00+0300 h264.mov
f -i h264.mp4 -map 0:v -map 0:a -c copy -metadata:s:v rotate=90 rotated.mp4
f $v -vf setsar=4/3 $x264 -an wide.mp4
f $v $a $x264 $aac $place $who -movflags frag_keyframe+empty_moov+default_base_moof fragments.mp4
f $v $a -c:v libx265 -x265-params log-level=error -crf 36 -pix_fmt yuv420p -tag:v hvc1 $aac $place $who hevc.mp4
f $v -c:v libaom-av1 -cpu-used 8 -crf 55 -t 1 $place av1.mp4
f $v $a48 -c:v libvpx-vp9 -crf 50 -b:v 0 -c:a libopus -b:a 24k $place $who vp9.mp4
f $v $a48 -c:v libvpx-vp9 -crf 50 -b:v 0 -c:a libopus -b:a 24k $place $who vp9.webm
f $v $a48 -c:v libvpx -crf 50 -b:v 60k -c:a libvorbis -q:a 0 $who -live 1 -cluster_time_limit 500 vp8.webm
f $v -c:v libaom-av1 -cpu-used 8 -crf 55 -t 1 $who av1.webm
f -f lavfi -i testsrc2=size=64x64:rate=1:duration=1 -frames:v 1 cover.png
f $a -i cover.png -map 0 -map 1 -c:v copy -c:a libmp3lame -b:a 32k $place $who -write_id3v1 1 -metadata GPSLatitude=55.7887 tags.mp3
f $a -i cover.png -map 0 -map 1 -c:v copy -disposition:v attached_pic $aac $place $who sound.m4a
f $a48 -c:a libopus -b:a 24k $place $who -metadata long="$(printf 'PRIVATE%.0s' $(seq 12000))" opus.ogg
f $a -c:a libvorbis -q:a 0 $place $who vorbis.ogg
f -f lavfi -i sine=frequency=440:sample_rate=8000:duration=2 -c:a pcm_s16le $place $who pcm.wav
f -f lavfi -i sine=frequency=440:sample_rate=8000:duration=2 -i cover.png -map 0 -map 1 -c:v copy -disposition:v attached_pic -c:a flac $place $who sound.flac

# What is refused.
f -f lavfi -i testsrc2=size=64x48:rate=5:duration=1 -c:v prores -profile:v 0 prores.mov
f -f lavfi -i testsrc2=size=64x48:rate=5:duration=1 -c:v mpeg4 -q:v 20 mpeg4.mp4
f -f lavfi -i testsrc2=size=64x48:rate=5:duration=1 -c:v mjpeg -q:v 20 mjpeg.mov
f -f lavfi -i testsrc2=size=64x48:rate=5:duration=1 -f lavfi -i sine=sample_rate=8000:duration=1 $x264 -c:a pcm_s16le pcm.mov
f -f lavfi -i testsrc2=size=64x48:rate=5:duration=1 -f lavfi -i sine=sample_rate=48000:duration=1 $x264 -c:a ac3 -b:a 32k ac3.mp4
f -f lavfi -i testsrc2=size=64x48:rate=5:duration=1 $x264 \
  -encryption_scheme cenc-aes-ctr -encryption_key 00112233445566778899aabbccddeeff -encryption_kid 00112233445566778899aabbccddeeff encrypted.mp4
f -f lavfi -i testsrc2=size=64x48:rate=5:duration=1 $x264 matroska.mkv
rm -f chapters.txt cover.png
