;; Programs that want more than they may have.
(module
  (import "vcp" "output_write" (func $write (param i32 i32)))
  (memory 1)
  (table $table 1 funcref)
  (func (export "spin") (loop $again (br $again)))
  (func $recurse (export "recurse") (param i64) (result i64)
    (i64.add (i64.const 1) (call $recurse (local.get 0))))
  (func $wide (export "wide") (local i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64
      i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64
      i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64
      i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64
      i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64)
    (call $wide))
  (func $descend (export "descend") (param i32) (result i32)
    (if (result i32) (local.get 0)
      (then (i32.add (i32.const 1) (call $descend (i32.sub (local.get 0) (i32.const 1)))))
      (else (i32.const 0))))
  (func (export "grow-until-refused") (result i32)
    (loop $again (br_if $again (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
    (memory.size))
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "table-until-refused") (result i32)
    (loop $again
      (br_if $again (i32.ne (table.grow $table (ref.null func) (i32.const 10000)) (i32.const -1))))
    (table.size $table))
  (func (export "fill-storm")
    (loop $again
      (memory.fill (i32.const 0) (i32.const 7) (i32.const 65536))
      (br $again)))
  (func (export "fill-all") (memory.fill (i32.const 0) (i32.const 7) (i32.const -1)))
  (func (export "write-storm") (loop $again (call $write (i32.const 0) (i32.const 1000)) (br $again)))
  (func (export "write") (param i32 i32) (call $write (local.get 0) (local.get 1))))
