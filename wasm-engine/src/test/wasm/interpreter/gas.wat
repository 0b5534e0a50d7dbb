;; What is charged, and what is left behind by code that ends in the middle of a block.
(module
  (import "host" "touch" (func $touch (param i32) (result i32)))
  (memory 1)
  (global $mark (export "mark") (mut i32) (i32.const 0))
  (func (export "empty"))
  (func (export "add") (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
  (func (export "free") (param i32) (result i32)
    (block nop (loop nop (block nop)))
    local.get 0)
  (func (export "either") (param i32) (result i32)
    (if (result i32) (local.get 0) (then (i32.const 1)) (else (i32.const 1) (i32.const 2) i32.add)))
  (func (export "loop") (param i32)
    (loop $next
      (br_if $next (local.tee 0 (i32.sub (local.get 0) (i32.const 1))))))
  (func $locals (export "locals") (local i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64))
  (func (export "call") call $locals)
  (func (export "host") (param i32) (result i32) local.get 0 call $touch)
  (func (export "fill") (param i32) i32.const 0 i32.const 1 local.get 0 memory.fill)
  (func (export "trap in a block") (param i32) (result i32)
    i32.const 1 global.set $mark
    local.get 0 i32.load
    i32.const 2 global.set $mark)
  (func $divide (export "divide") (param i32 i32) (result i32)
    local.get 0 local.get 1 i32.div_s)
  (func (export "trap in a callee") (param i32) (result i32)
    (loop (result i32)
      i32.const 3 global.set $mark
      local.get 0 i32.const 0 call $divide
      i32.const 4 global.set $mark))
  (func (export "trap after growth") (param i32) (result i32)
    i32.const 1 memory.grow drop
    local.get 0 i32.load)
  (func (export "fill too far") i32.const 0xffff i32.const 1 i32.const 16 memory.fill)
)
