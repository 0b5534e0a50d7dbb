;; Never returns. The gas limit or the wall-clock limit must end it.
(module
  (func (export "run") (result i32)
    (loop $forever
      (br $forever))
    (unreachable)))
