;; Divides by zero, which WebAssembly defines as a trap. The task fails with that reason; nothing else does.
(module
  (func (export "run") (result i32)
    (i32.div_s (i32.const 1) (i32.const 0))))
