;; Operands that have to outlive labels and jumps, of all types at once.
(module
  ;; Four values wait while a branch is taken or not.
  (func (export "wait") (param $c i32) (result i64 f32 f64)
    i64.const 0x123456789ab
    f32.const 1.5
    f64.const 2.25
    i32.const 5
    local.get $c
    if (result i32) i32.const 100 else i32.const 200 end
    i32.add
    f64.convert_i32_s
    f64.add)

  ;; A branch takes two values over three that it leaves behind.
  (func (export "leave") (param $c i32) (result i32 f64) (local $d f64)
    block (result i32 f64)
      i64.const 1
      f32.const 2
      i32.const 3
      i32.const 4
      f64.const 5.5
      local.get $c
      br_if 0
      f64.const 1 f64.add local.set $d
      i32.add local.set $c
      drop
      drop
      local.get $c
      local.get $d
    end)

  ;; A table of branches that carry a value to different depths.
  (func (export "switch") (param $c i32) (result i64)
    block $outer (result i64)
      i64.const 1000
      block $inner (result i64)
        i64.const 100
        f32.const 9
        i64.const 7
        local.get $c
        br_table $inner $outer $inner $outer
      end
      i64.add
    end)

  ;; select of every type, on a comparison and on a number, with values below.
  (func (export "select") (param $a i32) (param $b i32) (result i32 i64 f32 f64)
    i32.const 11 i32.const 22 local.get $a local.get $b i32.lt_s select
    i64.const 33 i64.const 44 local.get $a local.get $b i32.eq select
    f32.const 5.5 f32.const 6.5 local.get $a select
    f64.const 7.5 f64.const 8.5 local.get $a local.get $b i32.gt_u i32.eqz select)

  ;; Both kinds at one height, one after the other.
  (func (export "reuse") (param $c i32) (result i64)
    block (result i64) i64.const 5 local.get $c br_if 0 i64.const 6 i64.add end
    block (result f64) f64.const 0.5 local.get $c br_if 0 f64.const 1 f64.add end
    i64.trunc_f64_s
    block (result i32) i32.const 3 local.get $c br_if 0 i32.const 4 i32.add end
    i64.extend_i32_s
    i64.add
    i64.add)

  ;; A value is changed by canonicalisation below others: 0/0 is a NaN without a prescribed sign.
  (func $bits (param f32 i64 f64) (result i32)
    local.get 0 i32.reinterpret_f32)
  (func (export "below") (param $zero f32) (result i32)
    local.get $zero local.get $zero f32.div
    i64.const 1
    f64.const 2
    call $bits)

  ;; Constants that a class file does not keep.
  (func (export "nan32") (result i32) f32.const -nan:0x123456 i32.reinterpret_f32)
  (func (export "nan64") (result i64) f64.const nan:0x123456789 i64.reinterpret_f64)
  (func (export "minus0_32") (result i32) f32.const -0 i32.reinterpret_f32)
  (func (export "minus0_64") (result i64) f64.const -0 i64.reinterpret_f64)

  ;; A comparison that is made long before it is used.
  (func (export "late") (param $a f64) (param $b f64) (result i32)
    local.get $a local.get $b f64.lt
    local.get $a local.get $b f64.ge
    local.get $a local.get $b f64.ne i32.eqz
    local.get $a local.get $b f64.lt i32.eqz i32.eqz
    i32.const 2 i32.mul i32.add
    i32.const 2 i32.mul i32.add
    i32.const 2 i32.mul i32.add)

  (global $g32 (mut i32) (i32.const -1))
  (global $g64 (mut i64) (i64.const -2))
  (global $f32 (mut f32) (f32.const 1.5))
  (global $f64 (mut f64) (f64.const -2.5))
  (func (export "globals") (result i32 i64 f32 f64)
    global.get $g32 i32.const 3 i32.sub global.set $g32
    global.get $g64 i64.const 3 i64.mul global.set $g64
    global.get $f32 f32.const 2 f32.mul global.set $f32
    global.get $f64 f64.const 2 f64.div global.set $f64
    global.get $g32 global.get $g64 global.get $f32 global.get $f64))
