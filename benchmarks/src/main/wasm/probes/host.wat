;; Host functions called in a loop, the calls and little else.
(module
  (import "vcp" "input_size" (func $input_size (result i32)))
  (import "vcp" "input_read" (func $input_read (param i32 i32 i32) (result i32)))
  (memory 1)

  ;; Sum of the sizes that `calls` calls give.
  (func (export "sizes") (param $calls i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call $input_size)))
      (br_if $again (local.tee $calls (i32.sub (local.get $calls) (i32.const 1)))))
    (local.get $sum))

  ;; Sum of the counts that `calls` reads of `length` bytes give.
  (func (export "reads") (param $calls i32) (param $length i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum
        (i32.add (local.get $sum) (call $input_read (i32.const 0) (i32.const 0) (local.get $length))))
      (br_if $again (local.tee $calls (i32.sub (local.get $calls) (i32.const 1)))))
    (local.get $sum))

  ;; The same loop with a call of an own function, to compare with.
  (func $own (param $x i32) (result i32)
    (i32.xor (local.get $x) (i32.const 5)))
  (func (export "own") (param $calls i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call $own (local.get $calls))))
      (br_if $again (local.tee $calls (i32.sub (local.get $calls) (i32.const 1)))))
    (local.get $sum)))
