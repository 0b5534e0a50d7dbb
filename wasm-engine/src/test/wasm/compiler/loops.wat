;; Loops of every form that the compiler knows, and of those it does not. All take where a counter starts and ends and
;; give the rounds; what they store shows where a round was cut off.
(module
  (memory 1)

  (func (export "until") (param $x i32) (param $end i32) (result i32) (local $rounds i32)
    loop
      local.get $rounds i32.const 1 i32.add local.set $rounds
      local.get $x i32.const 4 i32.add local.tee $x
      local.get $end i32.ne br_if 0
    end
    local.get $rounds)

  (func (export "until_constant") (param $x i32) (param $end i32) (result i32) (local $rounds i32)
    loop
      local.get $rounds i32.const 1 i32.add local.set $rounds
      local.get $x i32.const 1 i32.add local.tee $x
      i32.const 40 i32.ne br_if 0
    end
    local.get $rounds)

  (func (export "down_to_zero") (param $x i32) (param $end i32) (result i32) (local $rounds i32)
    loop
      local.get $rounds i32.const 1 i32.add local.set $rounds
      local.get $x i32.const -1 i32.add local.tee $x
      br_if 0
    end
    local.get $rounds)

  (func (export "below") (param $x i32) (param $end i32) (result i32) (local $rounds i32)
    loop
      local.get $rounds i32.const 1 i32.add local.set $rounds
      local.get $x i32.const 3 i32.add local.tee $x
      local.get $end i32.lt_s br_if 0
    end
    local.get $rounds)

  (func (export "below_unsigned") (param $x i32) (param $end i32) (result i32) (local $rounds i32)
    loop
      local.get $rounds i32.const 1 i32.add local.set $rounds
      local.get $x i32.const 5 i32.add local.tee $x
      local.get $end i32.lt_u br_if 0
    end
    local.get $rounds)

  (func (export "above") (param $x i32) (param $end i32) (result i32) (local $rounds i32)
    loop
      local.get $rounds i32.const 1 i32.add local.set $rounds
      local.get $x i32.const -3 i32.add local.tee $x
      local.get $end i32.gt_s br_if 0
    end
    local.get $rounds)

  (func (export "above_unsigned") (param $x i32) (param $end i32) (result i32) (local $rounds i32)
    loop
      local.get $rounds i32.const 1 i32.add local.set $rounds
      local.get $x i32.const -2 i32.add local.tee $x
      local.get $end i32.gt_u br_if 0
    end
    local.get $rounds)

  ;; Traps when the counter comes to the end of the memory.
  (func (export "store") (param $x i32) (param $end i32) (result i32) (local $rounds i32)
    loop
      local.get $x local.get $rounds i32.store offset=3
      local.get $rounds i32.const 1 i32.add local.set $rounds
      local.get $x i32.const 4 i32.add local.tee $x
      local.get $end i32.ne br_if 0
    end
    local.get $rounds)

  ;; More than one block in a round.
  (func (export "choose") (param $x i32) (param $end i32) (result i32) (local $rounds i32)
    loop
      local.get $x i32.const 8 i32.and
      if
        local.get $rounds i32.const 1 i32.add local.set $rounds
      else
        local.get $x local.get $rounds i32.store8
        local.get $rounds i32.const 2 i32.add local.set $rounds
      end
      local.get $x i32.const 4 i32.add local.tee $x
      local.get $end i32.lt_s br_if 0
    end
    local.get $rounds)

  ;; Ways back and out in the middle.
  (func (export "continue") (param $x i32) (param $end i32) (result i32) (local $rounds i32)
    block
      loop
        local.get $rounds i32.const 1 i32.add local.tee $rounds
        i32.const 3 i32.rem_u br_if 0
        local.get $rounds i32.const 100 i32.gt_u br_if 1
        local.get $x i32.const 4 i32.add local.tee $x
        local.get $end i32.ne br_if 0
      end
    end
    local.get $rounds)

  ;; What the counter is compared with changes.
  (func (export "moving_end") (param $x i32) (param $end i32) (result i32) (local $rounds i32)
    loop
      local.get $rounds i32.const 1 i32.add local.set $rounds
      local.get $end i32.const 1 i32.sub local.set $end
      local.get $x i32.const 4 i32.add local.tee $x
      local.get $end i32.lt_s br_if 0
    end
    local.get $rounds)

  ;; The counter changes elsewhere too.
  (func (export "two_steps") (param $x i32) (param $end i32) (result i32) (local $rounds i32)
    loop
      local.get $rounds i32.const 1 i32.add local.set $rounds
      local.get $x i32.const 3 i32.sub local.set $x
      local.get $x i32.const 4 i32.add local.tee $x
      local.get $end i32.lt_s br_if 0
    end
    local.get $rounds)

  ;; One block, not counted.
  (func (export "halve") (param $x i32) (param $end i32) (result i32) (local $rounds i32)
    loop
      local.get $rounds i32.const 1 i32.add local.set $rounds
      local.get $x i32.const 1 i32.shr_u local.tee $x
      br_if 0
    end
    local.get $rounds)

  ;; One block, not counted, with a trap in it.
  (func (export "divide") (param $x i32) (param $end i32) (result i32) (local $rounds i32)
    loop
      local.get $rounds i32.const 1 i32.add local.set $rounds
      i32.const 1000 local.get $x i32.div_s drop
      local.get $x local.get $end i32.add local.set $x
      local.get $rounds i32.const 60 i32.lt_u br_if 0
    end
    local.get $rounds)

  (func (export "table") (param $x i32) (param $end i32) (result i32) (local $rounds i32)
    block
      loop
        local.get $rounds i32.const 1 i32.add local.set $rounds
        local.get $x i32.const 1 i32.add local.tee $x
        i32.const 31 i32.and
        br_table 0 0 0 0 1 0 0
      end
    end
    local.get $rounds)

  (func (export "nested") (param $x i32) (param $end i32) (result i32) (local $rounds i32) (local $y i32)
    loop
      i32.const 0 local.set $y
      loop
        local.get $y local.get $x i32.store offset=256
        local.get $rounds i32.const 1 i32.add local.set $rounds
        local.get $y i32.const 4 i32.add local.tee $y
        i32.const 32 i32.ne br_if 0
      end
      local.get $x i32.const 4 i32.add local.tee $x
      local.get $end i32.ne br_if 0
    end
    local.get $rounds)

  ;; Values wait below the loop's own, and the loop has parameters.
  (func (export "carried") (param $x i32) (param $end i32) (result i32) (local $rounds i32)
    i32.const 1000
    f64.const 0.5
    i64.const 7
    local.get $rounds
    loop (param i64 i32) (result i64)
      i32.const 1 i32.add local.set $rounds
      i64.const 3 i64.mul
      local.get $rounds
      local.get $x i32.const 4 i32.add local.tee $x
      local.get $end i32.ne br_if 0
      drop
    end
    i32.wrap_i64
    local.set $x
    i32.trunc_sat_f64_s
    i32.add
    local.get $rounds i32.add
    local.get $x i32.add)

  (func (export "forever") (param $x i32) (param $end i32) (result i32)
    loop
      br 0
    end
    unreachable))
