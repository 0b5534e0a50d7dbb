;; Branches, blocks with values, calls.
(module
  (global $count (mut i64) (i64.const 0))
  ;; all targets but the last have to move a value down
  (func (export "table") (param i32) (result i32)
    i32.const 1000
    (block $c (result i32)
      i32.const 100
      (block $b (result i32)
        i32.const 10
        (block $a (result i32)
          i32.const 5
          i32.const 7
          local.get 0
          br_table $a $b $c $b $a)
        i32.add)
      i32.add)
    i32.add)
  ;; a branch that carries two values over others
  (func (export "carry") (param i32) (result i32 i32)
    (block $out (result i32 i32)
      i32.const 1 i32.const 2 i32.const 3 i32.const 4
      local.get 0
      br_if $out
      drop drop))
  (func (export "sum") (param i32) (result i64)
    i64.const 0
    (loop $next (param i64) (result i64)
      local.get 0 i64.extend_i32_u i64.add
      (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))
      br_if $next))
  (func (export "if") (param i32) (result i32)
    (if (result i32) (local.get 0) (then (i32.const 11)) (else (i32.const 22))))
  (func (export "if without else") (param i32) (result i32)
    (local i32)
    (if (local.get 0) (then (local.set 1 (i32.const 33))))
    local.get 1)
  (func (export "select") (param i32) (result f64)
    f64.const 1.5 f64.const -2.5 local.get 0 select)
  (func $swap (param i32 i64) (result i64 i32) local.get 1 local.get 0)
  (func (export "swap twice") (param i32 i64) (result i32 i64)
    local.get 0 local.get 1 call $swap
    (block (param i64 i32) (result i32 i64)
      (local.set 0) (local.set 1)
      local.get 0 local.get 1))
  (func (export "return inside") (param i32) (result i32)
    i32.const 1
    (block
      i32.const 2
      (loop
        i32.const 3
        local.get 0
        return)
      drop)
    )
  (func $fac (export "fac") (param i64) (result i64)
    (if (result i64) (i64.eqz (local.get 0))
      (then (i64.const 1))
      (else (i64.mul (local.get 0) (call $fac (i64.sub (local.get 0) (i64.const 1)))))))
  (func $depth (export "depth") (param i32) (result i32)
    (local i64 i64 i64 f32)
    (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
    (i32.add (i32.const 1) (call $depth (i32.sub (local.get 0) (i32.const 1)))))
  (func $forever (export "forever") (param i32) (result i32)
    (call $forever (i32.add (local.get 0) (i32.const 1))))
  (func $even (export "even") (param i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0))
      (then (i32.const 1))
      (else (call $odd (i32.sub (local.get 0) (i32.const 1))))))
  (func $odd (param i32) (result i32)
    (if (result i32) (i32.eqz (local.get 0))
      (then (i32.const 0))
      (else (call $even (i32.sub (local.get 0) (i32.const 1))))))
  (func (export "loop forever") (loop $l (br $l)))
  (func (export "unreachable") (result i32) i32.const 1 drop unreachable)
  (func (export "count") (param i32) (result i64)
    (loop $next
      (global.set $count (i64.add (global.get $count) (i64.const 2)))
      (br_if $next (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
    global.get $count)
  ;; locals of an earlier call at the same place are not seen
  (func $dirty (param i32) (local i64 i64) i64.const -1 local.set 1 i64.const -1 local.set 2)
  (func $clean (param i32) (result i64) (local i64 i64) local.get 1 local.get 2 i64.or)
  (func (export "fresh locals") (result i64)
    i32.const 1 call $dirty
    i32.const 1 call $clean)
)
