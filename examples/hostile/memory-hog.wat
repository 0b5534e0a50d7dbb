;; Takes memory, 16 pages (1 MiB) at a time, and writes to every page, until the host refuses; then traps.
;; The memory limit must make memory.grow answer -1 long before the host runs out.
(module
  (memory (export "memory") 1)
  (func (export "run") (result i32)
    (local $page i32)
    (loop $more
      (local.set $page (memory.grow (i32.const 16)))
      (if (i32.eq (local.get $page) (i32.const -1))
        (then (unreachable)))
      (loop $touch
        (i32.store8 (i32.shl (local.get $page) (i32.const 16)) (i32.const 1))
        (local.set $page (i32.add (local.get $page) (i32.const 1)))
        (br_if $touch (i32.lt_u (local.get $page) (memory.size))))
      (br $more))
    (unreachable)))
