;; Tables, and calls through them.
(module
  (type $binary (func (param i32 i32) (result i32)))
  (type $unary (func (param i32) (result i32)))
  (import "host" "square" (func $square (param i32) (result i32)))
  (table $calls 5 8 funcref)
  (table $spare 4 funcref)
  (elem (table $calls) (i32.const 0) func $add $square $subtract)
  (elem $passive func $subtract $add $square)
  (func $add (param i32 i32) (result i32) local.get 0 local.get 1 i32.add)
  (func $subtract (param i32 i32) (result i32) local.get 0 local.get 1 i32.sub)
  (func (export "binary") (param i32 i32 i32) (result i32)
    local.get 1 local.get 2 local.get 0 call_indirect $calls (type $binary))
  (func (export "unary") (param i32 i32) (result i32)
    local.get 1 local.get 0 call_indirect $calls (type $unary))
  (func (export "direct") (param i32) (result i32) local.get 0 call $square)
  (func (export "is null") (param i32) (result i32) local.get 0 table.get $calls ref.is_null)
  (func (export "set") (param i32 i32 i32) (result i32)
    local.get 0 ref.func $subtract table.set $calls
    local.get 1 local.get 2 local.get 0 call_indirect $calls (type $binary))
  (func (export "size") (result i32) table.size $calls)
  (func (export "grow") (param i32) (result i32) ref.func $add local.get 0 table.grow $calls)
  (func (export "grow and call") (result i32)
    ref.func $add i32.const 2 table.grow $calls drop
    i32.const 30 i32.const 12 i32.const 6 call_indirect $calls (type $binary))
  (func (export "fill") (param i32 i32) (result i32)
    local.get 0 ref.func $add local.get 1 table.fill $calls
    i32.const 1 i32.const 2 local.get 0 call_indirect $calls (type $binary))
  (func (export "copy") (param i32 i32 i32) (result i32)
    local.get 0 local.get 1 local.get 2 table.copy $spare $calls
    i32.const 50 i32.const 8 local.get 0 call_indirect $spare (type $binary))
  (func (export "init") (param i32 i32 i32) (result i32)
    local.get 0 local.get 1 local.get 2 table.init $calls $passive
    i32.const 50 i32.const 8 local.get 0 call_indirect $calls (type $binary))
  (func (export "init after drop") (param i32 i32 i32)
    elem.drop $passive
    local.get 0 local.get 1 local.get 2 table.init $calls $passive)
)
