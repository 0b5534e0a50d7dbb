;; Where the bits of a NaN show: computed ones are canonical, others keep theirs.
(module
  (memory 1)
  (global $f (mut f32) (f32.const 0))
  (global $d (mut f64) (f64.const 0))
  (func (export "stored f32") (param f32 f32) (result i32)
    i32.const 0 local.get 0 local.get 1 f32.div f32.store
    i32.const 0 i32.load)
  (func (export "stored f64") (param f64 f64) (result i64)
    i32.const 0 local.get 0 local.get 1 f64.sub f64.store
    i32.const 0 i64.load)
  (func (export "copied f32") (param i32) (result i32)
    i32.const 0 local.get 0 i32.store
    i32.const 8 i32.const 0 f32.load f32.store
    i32.const 8 f32.load global.set $f
    global.get $f i32.reinterpret_f32)
  (func (export "copied f64") (param i64) (result i64)
    i32.const 0 local.get 0 i64.store
    i32.const 8 i32.const 0 f64.load f64.store
    i32.const 8 f64.load global.set $d
    global.get $d i64.reinterpret_f64)
  (func (export "negated f32") (param i32) (result i32)
    local.get 0 f32.reinterpret_i32 f32.neg i32.reinterpret_f32)
  (func (export "negated sum") (param f64 f64) (result i64)
    local.get 0 local.get 1 f64.add f64.neg i64.reinterpret_f64)
  (func (export "absolute f64") (param i64) (result i64)
    local.get 0 f64.reinterpret_i64 f64.abs i64.reinterpret_f64)
  (func (export "sign from a NaN") (param i64) (result f64)
    f64.const 3 local.get 0 f64.reinterpret_i64 f64.copysign)
  (func (export "promoted") (param i32) (result i64)
    local.get 0 f32.reinterpret_i32 f64.promote_f32 i64.reinterpret_f64)
  (func (export "demoted") (param i64) (result i32)
    local.get 0 f64.reinterpret_i64 f32.demote_f64 i32.reinterpret_f32)
  (func (export "least") (param i32 i32) (result i32)
    local.get 0 f32.reinterpret_i32 local.get 1 f32.reinterpret_i32 f32.min i32.reinterpret_f32)
  (func (export "mixed") (param f64 i64 i32) (result i64)
    local.get 0 f64.sqrt local.get 1 f64.reinterpret_i64 local.get 2 select i64.reinterpret_f64)
  (func (export "in a local") (param f32 f32) (result i32)
    (local f32)
    local.get 0 local.get 1 f32.mul local.set 2
    local.get 2 i32.reinterpret_f32)
  (func (export "returned") (param f64) (result f64) local.get 0 f64.sqrt)
)
