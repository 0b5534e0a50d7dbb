;; memory.grow, one page at a time: a storm.
(module
  (memory 1)

  ;; Pages of memory after growing by one page `times` times, as far as it goes.
  (func (export "grow") (param $times i32) (result i32)
    (loop $again
      (drop (memory.grow (i32.const 1)))
      (br_if $again (local.tee $times (i32.sub (local.get $times) (i32.const 1)))))
    (memory.size)))
