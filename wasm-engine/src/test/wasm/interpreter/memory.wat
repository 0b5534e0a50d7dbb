;; Every load and store, growth, and the bulk instructions.
(module
  (memory 1 3)
  (data $passive "abcdefgh")
  (data (i32.const 8) "\01\82\03\84\05\86\07\88")
  (func (export "i32.load") (param i32) (result i32) local.get 0 i32.load offset=8)
  (func (export "i64.load") (param i32) (result i64) local.get 0 i64.load offset=8)
  (func (export "f32.load") (param i32) (result f32) local.get 0 f32.load offset=8)
  (func (export "f64.load") (param i32) (result f64) local.get 0 f64.load offset=8)
  (func (export "i32.load8_s") (param i32) (result i32) local.get 0 i32.load8_s offset=8)
  (func (export "i32.load8_u") (param i32) (result i32) local.get 0 i32.load8_u offset=8)
  (func (export "i32.load16_s") (param i32) (result i32) local.get 0 i32.load16_s offset=8)
  (func (export "i32.load16_u") (param i32) (result i32) local.get 0 i32.load16_u offset=8)
  (func (export "i64.load8_s") (param i32) (result i64) local.get 0 i64.load8_s offset=8)
  (func (export "i64.load8_u") (param i32) (result i64) local.get 0 i64.load8_u offset=8)
  (func (export "i64.load16_s") (param i32) (result i64) local.get 0 i64.load16_s offset=8)
  (func (export "i64.load16_u") (param i32) (result i64) local.get 0 i64.load16_u offset=8)
  (func (export "i64.load32_s") (param i32) (result i64) local.get 0 i64.load32_s offset=8)
  (func (export "i64.load32_u") (param i32) (result i64) local.get 0 i64.load32_u offset=8)
  (func (export "i32.store") (param i32 i32) local.get 0 local.get 1 i32.store offset=8)
  (func (export "i64.store") (param i32 i64) local.get 0 local.get 1 i64.store offset=8)
  (func (export "f32.store") (param i32 f32) local.get 0 local.get 1 f32.store offset=8)
  (func (export "f64.store") (param i32 f64) local.get 0 local.get 1 f64.store offset=8)
  (func (export "i32.store8") (param i32 i32) local.get 0 local.get 1 i32.store8 offset=8)
  (func (export "i32.store16") (param i32 i32) local.get 0 local.get 1 i32.store16 offset=8)
  (func (export "i64.store8") (param i32 i64) local.get 0 local.get 1 i64.store8 offset=8)
  (func (export "i64.store16") (param i32 i64) local.get 0 local.get 1 i64.store16 offset=8)
  (func (export "i64.store32") (param i32 i64) local.get 0 local.get 1 i64.store32 offset=8)
  (func (export "far") (param i32) (result i32) local.get 0 i32.load offset=0xffffffff)
  (func (export "size") (result i32) memory.size)
  (func $grow (export "grow") (param i32) (result i32) local.get 0 memory.grow)
  ;; what a callee has grown, its caller sees
  (func (export "grow in a callee") (result i32)
    i32.const 2 call $grow drop
    i32.const 0x2fffc i32.const 77 i32.store
    i32.const 0x2fffc i32.load)
  (func (export "grow twice") (result i32)
    i32.const 1 memory.grow
    i32.const 0x1fffc i32.const 5 i32.store
    i32.const 1 memory.grow
    i32.add
    i32.const 0x1fffc i32.load
    i32.add)
  (func (export "fill") (param i32 i32 i32) local.get 0 local.get 1 local.get 2 memory.fill)
  (func (export "copy") (param i32 i32 i32) local.get 0 local.get 1 local.get 2 memory.copy)
  (func (export "init") (param i32 i32 i32) local.get 0 local.get 1 local.get 2 memory.init $passive)
  (func (export "init after drop") (param i32 i32 i32)
    data.drop $passive
    local.get 0 local.get 1 local.get 2 memory.init $passive)
)
