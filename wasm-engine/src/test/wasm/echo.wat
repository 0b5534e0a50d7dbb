;; Without WASI: writes the input backwards, in blocks of 16 bytes.
(module
  (import "vcp" "input_size" (func $size (result i32)))
  (import "vcp" "input_read" (func $read (param i32 i32 i32) (result i32)))
  (import "vcp" "output_write" (func $write (param i32 i32)))
  (memory (export "memory") 1)
  (func (export "reverse") (result i32) (local $left i32) (local $at i32)
    (local.set $left (call $size))
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $left)))
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (drop (call $read (i32.const 100) (local.get $left) (i32.const 1)))
        (call $write (i32.const 100) (i32.const 1))
        (br $next)))
    (call $size))
  (func (export "read") (param i32 i32 i32) (result i32)
    (call $read (local.get 0) (local.get 1) (local.get 2))))
