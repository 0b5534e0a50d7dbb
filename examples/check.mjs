// Runs every example in Node (20.11 or newer) and compares with answers that come from somewhere else:
// Node's SHA-256, the machine's sort, published prime counts, the labels of the pictures.
//
//   node check.mjs [MNIST_FOLDER]     with the folder, also all 10,000 test pictures
//
// Prints a line per example; the exit code is 1 when anything differs.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

process.removeAllListeners("warning"); // node:wasi announces on every run that it is experimental
const { WASI } = await import("node:wasi");

const here = import.meta.dirname;
const data = (name) => readFileSync(join(here, "data", name));
const load = (path) => new WebAssembly.Module(readFileSync(join(here, path)));

/** An instance with the vcp host functions; `run` gives it an input, and returns its result and its output. */
function sandbox(module, readSize = Infinity) {
  let input = Buffer.alloc(0);
  let output = [];
  const memory = (at, length) => Buffer.from(instance.exports.memory.buffer, at >>> 0, length >>> 0);
  const vcp = {
    input_size: () => input.length,
    input_read: (at, offset, length) => input.copy(memory(at, length), 0, offset, offset + Math.min(length, readSize)),
    output_write: (at, length) => void output.push(Buffer.from(memory(at, length))),
  };
  const instance = new WebAssembly.Instance(module, { vcp });
  return {
    run(name, bytes) {
      [input, output] = [bytes, []];
      const result = instance.exports[name]();
      return { result, output: Buffer.concat(output).toString() };
    },
  };
}

/** Runs a WASI command with files as its standard streams. */
function command(module, args, input) {
  const folder = mkdtempSync(join(tmpdir(), "vcp-examples-"));
  const path = (name) => join(folder, name);
  writeFileSync(path("stdin"), input);
  const [stdin, stdout, stderr] = [openSync(path("stdin"), "r"), openSync(path("stdout"), "w"), openSync(path("stderr"), "w")];
  try {
    const wasi = new WASI({ version: "preview1", args: ["sort", ...args], stdin, stdout, stderr, returnOnExit: true });
    const code = wasi.start(new WebAssembly.Instance(module, wasi.getImportObject()));
    return { code, output: readFileSync(path("stdout")), errors: readFileSync(path("stderr"), "utf8") };
  } finally {
    [stdin, stdout, stderr].forEach(closeSync);
    rmSync(folder, { recursive: true });
  }
}

function sha256() {
  const module = load("sha256/sha256.wasm");
  const program = sandbox(module);
  const inputs = [data("declaration.txt"), Buffer.alloc(1 << 20, 7)];
  for (const size of [0, 1, 55, 56, 63, 64, 65, 119, 120, 4095, 4096, 4097, 4151, 4152, 8192]) {
    inputs.push(Buffer.from(Array.from({ length: size }, (_, i) => (i * 31 + size) & 255)));
  }
  for (const input of inputs) {
    const expected = { result: 0, output: createHash("sha256").update(input).digest("hex") + "\n" };
    assert.deepEqual(program.run("digest", input), expected, `${input.length} bytes`);
  }
  assert.deepEqual(sandbox(module, 10).run("digest", Buffer.alloc(11)), { result: 1, output: "" });
  return `${inputs.length} inputs as in node:crypto; an input that ends early gives 1`;
}

function primes() {
  const { count_primes } = new WebAssembly.Instance(load("primes/primes.wasm")).exports;
  const published = { 10: 4, 100: 25, 1e3: 168, 1e4: 1229, 1e5: 9592, 1e6: 78498, 1e7: 664579, 1e8: 5761455 };
  for (const [n, count] of Object.entries(published)) assert.equal(count_primes(Number(n)), count, `below ${n}`);
  for (const n of [-2147483648, -1, 0, 1, 2]) assert.equal(count_primes(n), 0, `below ${n}`);
  for (const n of [1000000001, 2147483647]) assert.equal(count_primes(n), -1, `below ${n}`);
  let count = 0; // by trial division, in an instance whose memory the large sieves have filled
  for (let n = 0; n <= 5000; n++) {
    assert.equal(count_primes(n), count, `below ${n}`);
    let divisor = 2;
    while (divisor * divisor <= n && n % divisor !== 0) divisor++;
    if (n >= 2 && divisor * divisor > n) count++;
  }
  return "powers of ten up to 10^8, every n up to 5,000, and n that are out of range";
}

function sort() {
  const module = load("sort/sort.wasm");
  const oddities = "10\n9\n\n-1.5\n-1.25\n-1.50\n0.1\n.1\n-0\n0\n00012\n12\n1e3\nabc\n-abc\n +4\n \t7\n99999999999999999999\n99999999999999999998\n1.000\n1\nno newline";
  const inputs = { numbers: data("numbers.txt"), text: data("declaration.txt"), oddities, empty: "" };
  let runs = 0;
  for (const [name, input] of Object.entries(inputs)) {
    for (const args of [[], ["-n"], ["-r"], ["-u"], ["-n", "-r"], ["-nu"], ["-ru"], ["-nru"]]) {
      const expected = execFileSync("sort", args, { input, env: { ...process.env, LC_ALL: "C" } });
      const { code, output, errors } = command(module, args, input);
      assert.deepEqual({ code, output: output.toString(), errors }, { code: 0, output: expected.toString(), errors: "" }, `${name} ${args}`);
      runs++;
    }
  }
  const refused = command(module, ["-x"], "");
  assert.equal(refused.code, 2);
  assert.match(refused.errors, /usage: sort/);
  return `${runs} runs as the machine's sort; an unknown option gives exit code 2`;
}

function digits() {
  const program = sandbox(load("digits/digits.wasm"));
  const classify = (bytes) => {
    const { result, output } = program.run("classify", Buffer.from(bytes));
    return { result, ...JSON.parse(output) };
  };
  for (const digit of [1, 2, 7]) {
    const answer = classify(data(`digit-${digit}.pgm`));
    assert.equal(answer.result, digit);
    assert.equal(answer.digit, digit);
    assert.equal(answer.scores.length, 10);
    assert.equal(answer.scores.indexOf(Math.max(...answer.scores)), digit);
  }
  const pixels = data("digit-7.pgm").subarray(-784);
  const pgm = (header, body = pixels) => Buffer.concat([Buffer.from(header), body]);
  for (const header of ["P5 28 28 255 ", "P5\n# a comment 9 9\n28 # width\n\t28\r\n255\n", "P5\n028 0028 255\n"]) {
    assert.equal(classify(pgm(header)).result, 7, header);
  }
  const wrong = {
    "does not start with P5": [pgm(""), pgm("P2\n28 28\n255\n"), Buffer.alloc(0), Buffer.from("P")],
    "header is not": [pgm("P5"), pgm("P528 28 255\n"), pgm("P5 28 -28 255\n"), pgm("P5 28 99999999999 255\n"), Buffer.from("P5 #")],
    "not 28 x 28": [pgm("P5 27 28 255\n"), pgm("P5 28 784 255\n")],
    "not 255": [pgm("P5 28 28 65535\n"), pgm("P5 28 28 0\n")],
    "no white space": [pgm("P5 28 28 255x"), Buffer.from("P5 28 28 255")],
    "end early": [pgm("P5 28 28 255\n", pixels.subarray(1)), Buffer.from("P5 28 28 255\n")],
    "after the pixels": [pgm("P5 28 28 255\n", Buffer.concat([pixels, pixels]))],
    "longer than 4096": [Buffer.alloc(4097, 80)],
  };
  for (const [reason, inputs] of Object.entries(wrong)) {
    for (const input of inputs) {
      const { result, error } = classify(input);
      assert.equal(result, -1, reason);
      assert.ok(error.includes(reason), `${error} (expected: ${reason})`);
    }
  }
  return `3 pictures, 3 forms of header, ${Object.values(wrong).flat().length} broken inputs`;
}

function mnist(folder) {
  const read = (name, header) => gunzipSync(readFileSync(join(folder, name))).subarray(header);
  const pixels = read("t10k-images-idx3-ubyte.gz", 16);
  const labels = read("t10k-labels-idx1-ubyte.gz", 8);
  const program = sandbox(load("digits/digits.wasm"));
  let right = 0;
  for (let i = 0; i < labels.length; i++) {
    const picture = Buffer.concat([Buffer.from("P5 28 28 255\n"), pixels.subarray(i * 784, (i + 1) * 784)]);
    right += program.run("classify", picture).result === labels[i];
  }
  assert.equal(right, 9838, "the count that digits/measure.c prints");
  return `${right} of ${labels.length} test pictures right, as natively`;
}

/** What a child process does: it runs one hostile program, and reports how that ended. */
function runHostile(path) {
  const { exports } = new WebAssembly.Instance(load(path));
  process.stdout.write("started\n");
  try {
    exports.run();
    process.stdout.write("returned\n");
  } catch (error) {
    process.stdout.write(`${error.message}; ${(exports.memory?.buffer.byteLength ?? 0) / 65536} pages\n`);
  }
}

function hostile() {
  const limit = 1024; // pages; each program runs in a process of its own, with this limit on memory
  const run = (name, timeout) =>
    spawnSync(process.execPath, [`--wasm-max-mem-pages=${limit}`, import.meta.filename, "--hostile", `hostile/${name}.wasm`], { timeout, encoding: "utf8" });
  const endless = run("infinite-loop", 2000);
  assert.deepEqual([endless.stdout, endless.error?.code], ["started\n", "ETIMEDOUT"]);
  assert.equal(run("memory-hog").stdout, "started\nunreachable; 1009 pages\n"); // 1 + 63 * 16
  assert.equal(run("stack-bomb").stdout, "started\nMaximum call stack size exceeded; 0 pages\n");
  assert.equal(run("trap").stdout, "started\ndivide by zero; 0 pages\n");
  return "endless loop, refused memory, exhausted stack, division by zero";
}

if (process.argv[2] === "--hostile") {
  runHostile(process.argv[3]);
} else {
  const checks = [sha256, primes, sort, digits, hostile];
  if (process.argv[2]) checks.push(function mnistTest() { return mnist(process.argv[2]); });
  for (const check of checks) {
    try {
      console.log(`ok    ${check.name}: ${check()}`);
    } catch (error) {
      console.log(`WRONG ${check.name}: ${error.message}`);
      process.exitCode = 1;
    }
  }
}
