// Turns copies of WebAssembly's official tests into the text that SpecSuite reads, one line for a command:
//
//   LINE module HEX                                 LINE assert_invalid HEX TEXT
//   LINE register NAME MODULE                       LINE assert_malformed HEX TEXT
//   LINE invoke MODULE FIELD ARGUMENTS              LINE assert_malformed_text TEXT
//   LINE assert_return MODULE FIELD ARGUMENTS RESULTS     LINE assert_unlinkable HEX TEXT
//   LINE assert_return_get MODULE FIELD RESULTS     LINE assert_uninstantiable HEX TEXT
//   LINE assert_trap MODULE FIELD ARGUMENTS TEXT
//   LINE assert_exhaustion MODULE FIELD ARGUMENTS TEXT
//
// MODULE counts a file's `module` lines from 0. Names and texts are percent-encoded, "-" is the empty one. Values are
// TYPE:BITS with unsigned decimal bits, or TYPE:nan:canonical, TYPE:nan:arithmetic, externref:N, TYPE:null, funcref:any,
// externref:any; several are joined by commas. A vector is v128:LOW/HIGH, or with patterns f32x4:A/B/C/D or f64x2:A/B.
//
//   node convert.mjs wast2json FILE.json OUT.txt    the output of wast2json
//   node convert.mjs mozilla FILE.wast.js OUT.txt   the form in which Mozilla's engine kept them in 2020
//   node convert.mjs mozilla-text FILE.wast.js OUT.txt   and in 2023, with modules as texts
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import vm from 'node:vm';

const [, , form, input, output] = process.argv;
const lines = [];
const text = (s) => (s ? encodeURIComponent(s) : '-');
const values = (all) => (all.length ? all.join(',') : '-');
const emit = (...words) => lines.push(words.join(' '));

function fromJson() {
  const folder = path.dirname(input);
  const hex = (c) => fs.readFileSync(path.join(folder, c.filename)).toString('hex') || '-';
  const value = (v) => (v.value === undefined ? `${v.type}:any` : `${v.type}:${v.value}`);
  const names = new Map();
  let modules = 0;
  for (const c of JSON.parse(fs.readFileSync(input, 'utf8')).commands) {
    const action = c.action;
    const module = action?.module === undefined ? modules - 1 : names.get(action.module);
    const call = action && [module, text(action.field), values((action.args ?? []).map(value))];
    switch (c.type) {
      case 'module':
        if (c.name) names.set(c.name, modules);
        modules++;
        emit(c.line, 'module', hex(c));
        break;
      case 'register':
        emit(c.line, 'register', text(c.as), c.name ? names.get(c.name) : modules - 1);
        break;
      case 'action':
        emit(c.line, 'invoke', ...call);
        break;
      case 'assert_return':
        if (action.type === 'get')
          emit(c.line, 'assert_return_get', module, text(action.field), values(c.expected.map(value)));
        else emit(c.line, 'assert_return', ...call, values(c.expected.map(value)));
        break;
      case 'assert_trap':
      case 'assert_exhaustion':
        emit(c.line, c.type, ...call, text(c.text));
        break;
      case 'assert_malformed':
        if (c.module_type === 'text') emit(c.line, 'assert_malformed_text', text(c.text));
        else emit(c.line, c.type, hex(c), text(c.text));
        break;
      case 'assert_invalid':
      case 'assert_unlinkable':
      case 'assert_uninstantiable':
        if (c.module_type === 'text') throw new Error('a module in text: line ' + c.line);
        emit(c.line, c.type, hex(c), text(c.text));
        break;
      default:
        throw new Error('command ' + c.type);
    }
  }
}

function fromMozilla() {
  const source = fs.readFileSync(input, 'utf8');
  let line = 0;
  let modules = 0;
  const bytes = (s) => Buffer.from(s, 'latin1');
  const isText = (b) => b.toString('latin1') === '<malformed quote>';
  const context = {
    instance: (s, exported) => {
      if (exported) return { wrapper: bytes(s), target: exported.target };
      const binary = withoutOldImmediates(bytes(s));
      emit(line, 'module', binary.toString('hex'));
      return { index: modules++, types: exportedTypes(binary) };
    },
    exports: (...names) => ({ target: names.at(-1) }),
    register: (name, module) => emit(line, 'register', text(name), module.index),
    externref: (n) => ({ externref: n }),
    call: (module, field, args) => ({ kind: 'call', module, field, args }),
    get: (module, field) => ({ kind: 'get', module, field }),
    run: (action) => {
      const a = resolve(action());
      if (a.results) emit(line, 'assert_return', a.index, text(a.field), values(a.args), values(a.results));
      else emit(line, 'invoke', a.index, text(a.field), values(a.args));
    },
    assert_return: (action, ...expected) => {
      const a = resolve(action());
      const results = expected.map((v, i) => typed(v, a.type.results[i]));
      if (a.kind === 'get') emit(line, 'assert_return_get', a.index, text(a.field), values(results));
      else emit(line, 'assert_return', a.index, text(a.field), values(a.args), values(results));
    },
    assert_trap: (action) => failing('assert_trap', action),
    assert_exhaustion: (action) => failing('assert_exhaustion', action),
    assert_invalid: (s) => emit(line, 'assert_invalid', bytes(s).toString('hex') || '-', '-'),
    assert_malformed: (s) => {
      if (isText(bytes(s))) emit(line, 'assert_malformed_text', '-');
      else emit(line, 'assert_malformed', bytes(s).toString('hex') || '-', '-');
    },
    assert_unlinkable: (s) => emit(line, 'assert_unlinkable', bytes(s).toString('hex'), '-'),
    assert_uninstantiable: (s) => emit(line, 'assert_uninstantiable', bytes(s).toString('hex'), '-'),
    reinitializeRegistry: () => {},
    at: (n) => (line = n),
  };
  const failing = (kind, action) => {
    const a = resolve(action());
    emit(line, kind, a.index, text(a.field), values(a.args), '-');
  };
  // A comment before each command tells its line in the original.
  vm.runInNewContext(source.replace(/^\/\/ \S+\.wast:(\d+)$/gm, 'at($1);'), context, { filename: input });

  function resolve(a) {
    if (a.module.wrapper) return { ...unwrapped(a.module.wrapper), index: a.module.target.index };
    const type = a.module.types.get(a.field);
    if (a.kind === 'get') return { kind: 'get', index: a.module.index, field: a.field, type: { results: [type] } };
    const args = a.args.map((v, i) => typed(v, type.params[i]));
    return { kind: 'call', index: a.module.index, field: a.field, type, args };
  }
}

function fromMozillaText() {
  const source = fs.readFileSync(input, 'utf8');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wat-'));
  const binary = (wat, ...options) => {
    fs.writeFileSync(path.join(folder, 'm.wat'), wat);
    execFileSync('wat2wasm', [...options, 'm.wat', '-o', 'm.wasm'], { cwd: folder, stdio: 'pipe' });
    return fs.readFileSync(path.join(folder, 'm.wasm')).toString('hex');
  };
  let line = 0;
  let modules = 0;
  const number = (view, size) => (size === 8 ? view.getBigUint64(0, true) : BigInt(view.getUint32(0, true)));
  const lanes = (array) => {
    const view = new DataView(array.buffer);
    return `v128:${view.getBigUint64(0, true)}/${view.getBigUint64(8, true)}`;
  };
  const scalar = (type, v) => {
    if (type === 'i32') return `i32:${v >>> 0}`;
    if (type === 'i64') return `i64:${BigInt.asUintN(64, v)}`;
    const array = type === 'f32' ? new Float32Array([v]) : new Float64Array([v]);
    return `${type}:${number(new DataView(array.buffer), array.byteLength)}`;
  };
  const word = (v) => v.word ?? scalar(typeof v === 'bigint' ? 'i64' : 'i32', v);
  const pattern = (type, all) => ({
    word: `${type}x${all.length}:` + all.map((v) => nan(v) ?? v.word.slice(type.length + 1)).join('/'),
  });
  const nan = (v) => ({ canonical_nan: 'nan:canonical', arithmetic_nan: 'nan:arithmetic' })[v];
  const context = {
    wasmSimdEnabled: () => true,
    at: (n) => (line = n),
    value: (type, v) => ({ word: scalar(type, v) }),
    bytes: (type, all) => {
      const array = new Uint8Array(all);
      return { word: type === 'v128' ? lanes(array) : `${type}:${number(new DataView(array.buffer), all.length)}` };
    },
    i8x16: (all) => ({ word: lanes(new Uint8Array(all)) }),
    i16x8: (all) => ({ word: lanes(new Uint16Array(all)) }),
    i32x4: (all) => ({ word: lanes(new Uint32Array(all)) }),
    i64x2: (all) => ({ word: lanes(new BigUint64Array(all)) }),
    f32x4: (all) => ({ word: lanes(new Float32Array(all)) }),
    f64x2: (all) => ({ word: lanes(new Float64Array(all)) }),
    F32x4Pattern: function (...all) {
      Object.assign(this, pattern('f32', all));
    },
    F64x2Pattern: function (...all) {
      Object.assign(this, pattern('f64', all));
    },
    instantiate: (wat) => {
      emit(line, 'module', binary(wat));
      return modules++;
    },
    invoke: (module, field, args) => [module, text(field), values(args.map(word))],
    assert_return: (action, expected) => {
      const results = expected.map((v) => (nan(v) ? `f?:${nan(v)}` : word(v)));
      emit(line, 'assert_return', ...action(), values(results));
    },
    assert_trap: (action, message) => emit(line, 'assert_trap', ...action(), text(message)),
    assert_invalid: (action, message) => {
      context.instantiate = (wat) => emit(line, 'assert_invalid', binary(wat, '--no-check'), text(message));
      action();
      context.instantiate = instantiate;
    },
    assert_malformed: (_, message) => emit(line, 'assert_malformed_text', text(message)),
  };
  const instantiate = context.instantiate;
  vm.runInNewContext(source.replace(/^\/\/ \S+\.wast:(\d+)$/gm, 'at($1);'), context, { filename: input });
  fs.rmSync(folder, { recursive: true });
}

/// When Mozilla took its copy `ref.is_null` had a type as immediate; it becomes a `nop` behind the instruction.
function withoutOldImmediates(binary) {
  if (!/\/(ref_func|ref_is_null|table_get|table_grow|table_set)\.wast\.js$/.test(input)) return binary;
  const changed = Buffer.from(binary);
  new Reader(binary).sections((id, start, end) => {
    for (let at = start; id === 10 && at < end; at++)
      if (binary[at] === 0xd1 && [0x6f, 0x70].includes(binary[at + 1])) changed[at + 1] = 0x01;
  });
  return changed;
}

/// A value as JavaScript has it, which is only used where nothing is lost.
function typed(v, type) {
  if (v === null) return `${type}:null`;
  if (v === 'ref.func') return 'funcref:any';
  if (v === 'ref.any') return 'externref:any';
  if (v.externref !== undefined) return `externref:${v.externref}`;
  if (type === 'i32' && Number.isInteger(v)) return `i32:${v >>> 0}`;
  throw new Error(`value ${JSON.stringify(v)} of type ${type}`);
}

const TYPES = { 0x7f: 'i32', 0x7e: 'i64', 0x7d: 'f32', 0x7c: 'f64', 0x70: 'funcref', 0x6f: 'externref' };

class Reader {
  constructor(binary, at = 8) {
    this.binary = binary;
    this.at = at;
  }
  byte() {
    return this.binary[this.at++];
  }
  leb() {
    let result = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const b = this.byte();
      result |= BigInt(b & 127) << shift;
      if (b < 128) return Number(result);
    }
  }
  sleb(bits) {
    let result = 0n;
    for (let shift = 0n; ; ) {
      const b = this.byte();
      result |= BigInt(b & 127) << shift;
      shift += 7n;
      if (b < 128) return BigInt.asUintN(bits, b & 64 ? result - (1n << shift) : result);
    }
  }
  name() {
    const length = this.leb();
    this.at += length;
    return this.binary.subarray(this.at - length, this.at).toString('utf8');
  }
  list(read) {
    return Array.from({ length: this.leb() }, () => read());
  }
  limits() {
    const flags = this.byte();
    this.leb();
    if (flags & 1) this.leb();
  }
  /// Calls back with the id of each section and where it begins and ends, standing at its content.
  sections(read) {
    while (this.at < this.binary.length) {
      const id = this.byte();
      const end = this.leb() + this.at;
      read(id, this.at, end);
      this.at = end;
    }
  }
}

/// Name to type: {params, results} of a function, a text for a global, nothing for others.
function exportedTypes(binary) {
  const r = new Reader(binary);
  const type = () => TYPES[r.byte()];
  let types = [];
  const functions = [];
  const globals = [];
  const exported = new Map();
  r.sections((id) => {
    if (id === 1)
      types = r.list(() => {
        r.byte();
        return { params: r.list(type), results: r.list(type) };
      });
    if (id === 2)
      r.list(() => {
        r.name();
        r.name();
        const kind = r.byte();
        if (kind === 0) functions.push(r.leb());
        if (kind === 1) {
          r.byte();
          r.limits();
        }
        if (kind === 2) r.limits();
        if (kind === 3) {
          globals.push(type());
          r.byte();
        }
      });
    if (id === 3) functions.push(...r.list(() => r.leb()));
    if (id === 6)
      r.list(() => {
        globals.push(type());
        r.byte();
        for (let op = r.byte(); op !== 0x0b; op = r.byte()) {
          if (op === 0x41 || op === 0x42) r.sleb(64);
          else if (op === 0x43) r.at += 4;
          else if (op === 0x44) r.at += 8;
          else r.leb();
        }
      });
    if (id === 7)
      r.list(() => {
        const name = r.name();
        const kind = r.byte();
        const index = r.leb();
        if (kind === 0) exported.set(name, types[functions[index]]);
        if (kind === 3) exported.set(name, globals[index]);
      });
  });
  return exported;
}

/// Reads the module that Mozilla's form wraps around a call whose values JavaScript cannot hold: it calls an imported
/// function with constants and compares each result, the last one first.
function unwrapped(binary) {
  const r = new Reader(binary);
  const imported = [];
  let field;
  const args = [];
  const results = [];
  r.sections((id) => {
    if (id === 2)
      r.list(() => {
        r.name();
        imported.push(r.name());
        r.byte();
        r.leb();
      });
    if (id !== 10) return;
    expect(r.leb() === 1);
    r.leb();
    expect(r.leb() === 0);
    expect(r.byte() === 0x02 && r.byte() === 0x40);
    for (let op = r.byte(); op !== 0x10; op = r.byte()) args.push(constant(op));
    field = imported[r.leb()];
    for (let op = r.byte(); op !== 0x0f; op = r.byte()) results.unshift(comparison(op));
  });
  return { kind: 'call', field, args, results: results.length ? results : null, type: { results: [] } };

  function comparison(convert) {
    expect([0x01, 0xbc, 0xbd].includes(convert));
    let pattern = constant(r.byte());
    let result;
    let op = r.byte();
    if (op === 0x83 || op === 0x71) {
      const float = op === 0x71 ? 'f32' : 'f64';
      const all = op === 0x71 ? 'i32:2147483647' : 'i64:9223372036854775807';
      result = `${float}:nan:${pattern === all ? 'canonical' : 'arithmetic'}`;
      pattern = constant(r.byte());
      expect(pattern === (op === 0x71 ? 'i32:2143289344' : 'i64:9221120237041090560'));
    } else {
      result = pattern;
      expect(op === convert);
    }
    op = r.byte();
    expect(op === 0x46 || op === 0x51);
    expect(r.byte() === 0x45 && r.byte() === 0x0d && r.leb() === 0);
    return result;
  }

  function constant(op) {
    if (op === 0x41) return `i32:${r.sleb(32)}`;
    if (op === 0x42) return `i64:${r.sleb(64)}`;
    if (op === 0x43) return `f32:${binary.readUInt32LE((r.at += 4) - 4)}`;
    if (op === 0x44) return `f64:${binary.readBigUInt64LE((r.at += 8) - 8)}`;
    throw new Error('not a constant: ' + op);
  }

  function expect(isTrue) {
    if (!isTrue) throw new Error('not a wrapper: ' + binary.toString('hex') + ' at ' + r.at);
  }
}

if (form === 'wast2json') fromJson();
else if (form === 'mozilla-text') fromMozillaText();
else fromMozilla();
fs.writeFileSync(output, lines.join('\n') + '\n');
