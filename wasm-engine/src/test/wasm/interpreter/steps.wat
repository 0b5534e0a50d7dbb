;; Work to look into: memory, locals, a global, a table, calls.
(module
  (type $unary (func (param i32) (result i32)))
  (import "host" "square" (func $square (param i32) (result i32)))
  (memory 1)
  (global $total (mut i64) (i64.const 0))
  (table 2 funcref)
  (elem (i32.const 0) func $mix)
  (export "square" (func $square))
  (func $mix (param $x i32) (result i32)
    (local $y i32)
    (local.set $y (i32.mul (local.get $x) (i32.const 0x9e3779b1)))
    (i32.xor (local.get $y) (i32.shr_u (local.get $y) (i32.const 15))))
  (func $work (export "work") (param $n i32) (result i64)
    (loop $next
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (i32.store offset=64
        (i32.shl (local.get $n) (i32.const 2))
        (call_indirect (type $unary) (call $square (local.get $n)) (i32.const 0)))
      (global.set $total
        (i64.add (global.get $total)
          (i64.load32_u offset=64 (i32.shl (local.get $n) (i32.const 2)))))
      (br_if $next (local.get $n)))
    global.get $total)
  (func $down (export "down") (param $n i32)
    (if (i32.eqz (local.get $n)) (then unreachable))
    (call $down (i32.sub (local.get $n) (i32.const 1))))
  (func $floats (export "floats") (param f64) (result f32)
    (local f32)
    (local.set 1 (f32.demote_f64 (f64.add (local.get 0) (f64.const 0.25))))
    (f32.store (i32.const -1) (f32.const 1.5))
    local.get 1)
  (func (export "many") (param i32 i64) (result i32)
    i64.const -5 local.get 1 local.get 0 select local.set 1
    (block (block (block local.get 0 br_table 0 1 2)))
    f64.const -0.5 drop
    i32.const 1 memory.grow drop
    i32.const 0 i32.const 255 i32.const 4 memory.fill
    i32.const 0 ref.null func table.set 0
    memory.size)
  (func $spin (export "spin") (loop $l (br $l)))
  (func (export "vectors") (param i32)
    (local v128 i32)
    (local.set 1 (i32x4.splat (local.get 0)))
    (local.set 2 (i32x4.extract_lane 3 (i32x4.add (local.get 1) (local.get 1)))))
)
