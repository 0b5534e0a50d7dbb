;; A start function that runs with the module's own limits, and a reactor's _initialize.
(module
  (import "vcp" "output_write" (func $write (param i32 i32)))
  (memory 1)
  (data (i32.const 0) "si")
  (func $start (call $write (i32.const 0) (i32.const 1)))
  (func (export "_initialize") (call $write (i32.const 1) (i32.const 1)))
  (func (export "nothing"))
  (start $start))
