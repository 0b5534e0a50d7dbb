;; Calls itself without end, with work left to do after each call, so that no frame can be dropped.
;; The call-depth limit must end it with a trap, not with a crash of the host.
(module
  (func $deeper (export "run") (result i32)
    (i32.add (call $deeper) (i32.const 1))))
