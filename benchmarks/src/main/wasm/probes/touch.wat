;; Writes all over a memory of a given size, so that no part of it stays zero.
(module
  (memory 1)

  ;; Makes the memory `pages` (a power of two) large and writes `steps` times; returns what it has written last.
  (func (export "touch") (param $pages i32) (param $steps i32) (result i32)
    (local $mask i32)
    (local $address i32)
    (drop (memory.grow (i32.sub (local.get $pages) (memory.size))))
    (local.set $mask (i32.sub (i32.mul (local.get $pages) (i32.const 65536)) (i32.const 4)))
    (loop $again
      ;; 4,100 is a chunk of 4 KiB and a word: every word has its turn.
      (local.set $address (i32.and (i32.add (local.get $address) (i32.const 4100)) (local.get $mask)))
      (i32.store (local.get $address) (local.get $steps))
      (br_if $again (local.tee $steps (i32.sub (local.get $steps) (i32.const 1)))))
    (i32.load (local.get $address))))
