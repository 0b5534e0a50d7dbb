;; Calls of every kind. The function `large` is made so large by the test's bound that it is interpreted.
(module
  (import "host" "add" (func $host (param i32 i64 f32 f64) (result i64)))
  (import "host" "swap" (func $swap (param i32 i64) (result i64 i32)))
  (type $binary (func (param i32 i32) (result i32)))
  (type $void (func))
  (memory 1 8)
  (table 64 funcref)
  (elem (i32.const 1)
    $add $sub $mul $and $or $xor $shl $f7 $f8 $f9 $f10 $f11 $f12 $f13 $f14 $f15 $f16 $f17 $f18 $f19 $f20 $f21 $host $nothing)
  (func $add (type $binary) local.get 0 local.get 1 i32.add)
  (func $sub (type $binary) local.get 0 local.get 1 i32.sub)
  (func $mul (type $binary) local.get 0 local.get 1 i32.mul)
  (func $and (type $binary) local.get 0 local.get 1 i32.and)
  (func $or (type $binary) local.get 0 local.get 1 i32.or)
  (func $xor (type $binary) local.get 0 local.get 1 i32.xor)
  (func $shl (type $binary) local.get 0 local.get 1 i32.shl)
  (func $f7 (type $binary) i32.const 7)
  (func $f8 (type $binary) i32.const 8)
  (func $f9 (type $binary) i32.const 9)
  (func $f10 (type $binary) i32.const 10)
  (func $f11 (type $binary) i32.const 11)
  (func $f12 (type $binary) i32.const 12)
  (func $f13 (type $binary) i32.const 13)
  (func $f14 (type $binary) i32.const 14)
  (func $f15 (type $binary) i32.const 15)
  (func $f16 (type $binary) i32.const 16)
  (func $f17 (type $binary) i32.const 17)
  (func $f18 (type $binary) i32.const 18)
  (func $f19 (type $binary) i32.const 19)
  (func $f20 (type $binary) i32.const 20)
  (func $f21 (type $binary) i32.const 21)
  (func $nothing (type $void))
  ;; Only exported, so that no element segment has it.
  (func $hidden (export "hidden") (type $binary) local.get 0 i32.const 1000 i32.mul local.get 1 i32.add)

  (func (export "indirect") (param $i i32) (param $a i32) (param $b i32) (result i32)
    local.get $a local.get $b local.get $i call_indirect (type $binary))
  (func (export "indirect_hidden") (param $a i32) (param $b i32) (result i32)
    i32.const 60 ref.func $hidden table.set 0
    local.get $a local.get $b i32.const 60 call_indirect (type $binary))
  (func (export "indirect_host") (param i32 i64 f32 f64) (result i64)
    local.get 0 local.get 1 local.get 2 local.get 3 i32.const 23 call_indirect (param i32 i64 f32 f64) (result i64))

  (func $fib (export "fib") (param $n i32) (result i64)
    local.get $n i32.const 2 i32.lt_u
    if (result i64) local.get $n i64.extend_i32_u
    else
      local.get $n i32.const 1 i32.sub call $fib
      local.get $n i32.const 2 i32.sub call $fib
      i64.add
    end)

  (func $deep (export "deep") (param $n i32) (result i32)
    local.get $n i32.eqz
    if (result i32) i32.const 0
    else local.get $n i32.const 1 i32.sub call $deep i32.const 1 i32.add end)
  (func (export "bottomless") (param f64 i64) (result i64)
    local.get 0 local.get 1 i64.const 1 i64.add call $bottomless i64.const 1 i64.add)
  (func $bottomless (param f64 i64) (result i64) (local i64 i64 i64 f64)
    local.get 0 f64.const 1 f64.add local.tee 5
    local.get 1 i64.const 1 i64.add local.tee 2
    call $bottomless
    local.get 2 i64.add
    local.get 5 i64.trunc_sat_f64_s i64.add)

  (func $three (param i32 i64 f64) (result f64 i64 i32)
    local.get 2 local.get 1 local.get 0)
  (func (export "several") (param i32 i64 f64) (result f64 i64 i32)
    local.get 0 local.get 1 local.get 2 call $three
    call $turn
    call $three)
  (func $turn (param f64 i64 i32) (result i32 i64 f64)
    local.get 2 i32.const 1 i32.add
    local.get 1 i64.const 1 i64.add
    local.get 0 f64.const 1 f64.add)

  (func (export "host") (param i32 i64 f32 f64) (result i64)
    local.get 0 local.get 1 local.get 2 local.get 3 call $host
    i64.const 1 i64.add)
  (func (export "host_swap") (param i32 i64) (result i64 i32)
    local.get 0 local.get 1 call $swap)

  (func $grow (result i32) i32.const 1 memory.grow)
  (func $grow_far (result i32) call $grow)
  ;; The memory that a callee has grown is the one that is written.
  (func (export "grown") (result i32)
    i32.const 10 i32.const 42 i32.store
    call $grow_far drop
    i32.const 65546 i32.const 43 i32.store
    i32.const 10 i32.load i32.const 65546 i32.load i32.add
    memory.size i32.const 1000 i32.mul i32.add)

  ;; small -> large -> small -> host, with values waiting at every step.
  (func $large (param $n i32) (param $x i64) (result i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64)
    local.get $x i64.const 3 i64.mul local.set 2
    local.get 2 i64.const 5 i64.add local.set 3
    local.get 3 i64.const 7 i64.xor local.set 4
    local.get 4 i64.const 11 i64.rotl local.set 5
    local.get 5 local.get 2 i64.sub local.set 6
    local.get 6 local.get 3 i64.or local.set 7
    local.get 7 local.get 4 i64.and local.set 8
    local.get 8 local.get 5 i64.xor local.set 9
    local.get 9
    local.get $n local.get 9 call $small
    i64.add
    i32.const 1 local.get 2 f32.const 0.5 f64.const 2 call $host
    i64.add)
  (func $small (export "nest") (param $n i32) (param $x i64) (result i64)
    local.get $x
    local.get $n i32.eqz
    if (result i64) i32.const 2 local.get $x f32.const 1 f64.const 3 call $host
    else local.get $n i32.const 1 i32.sub local.get $x call $large end
    i64.add)
  ;; Never ends; by turns small, with a type of its own, through a table, and large.
  (func $endless (export "endless") (param i32 i64) (result i64)
    local.get 0 local.get 1 i32.const 2 i32.const 3 i32.const 1 call_indirect (type $binary)
    i64.extend_i32_u i64.add
    call $endless_large)
  (func $endless_large (param i32 i64) (result i64)
    (local i64 i64 i64 i64 i64 i64 i64 i64)
    local.get 1 i64.const 3 i64.mul local.set 2
    local.get 2 i64.const 5 i64.add local.set 3
    local.get 3 i64.const 7 i64.xor local.set 4
    local.get 4 i64.const 11 i64.rotl local.set 5
    local.get 5 local.get 2 i64.sub local.set 6
    local.get 6 local.get 3 i64.or local.set 7
    local.get 7 local.get 4 i64.and local.set 8
    local.get 8 local.get 5 i64.xor local.set 9
    i32.const 4 i64.const 3
    local.get 0 i32.const 1 i32.add local.get 9 call $endless
    i64.add
    local.get 2 i64.add local.get 3 i64.add local.get 4 i64.add local.get 5 i64.add
    local.get 6 i64.add local.get 7 i64.add local.get 8 i64.add local.get 9 i64.add
    local.set 2 drop local.get 2))
