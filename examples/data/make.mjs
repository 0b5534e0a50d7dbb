// Makes numbers.txt, and with an MNIST folder the three digit pictures:
//   node make.mjs [MNIST_FOLDER]
// The same bytes every time.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const here = import.meta.dirname;

/** 5,000 whole numbers from -1,000,000 to 1,000,000, one per line: SplitMix64 from seed 1, high bits. */
function numbers() {
  let seed = 1n;
  const lines = [];
  for (let i = 0; i < 5000; i++) {
    seed = BigInt.asUintN(64, seed + 0x9e3779b97f4a7c15n);
    let z = BigInt.asUintN(64, (seed ^ (seed >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    z ^= z >> 31n;
    lines.push(Number((z * 2000001n) >> 64n) - 1000000);
  }
  return lines.join("\n") + "\n";
}

/** The first three test pictures, each as a PGM with its label in the file name. */
function writeDigits(folder) {
  const pixels = gunzipSync(readFileSync(join(folder, "t10k-images-idx3-ubyte.gz"))).subarray(16);
  const labels = gunzipSync(readFileSync(join(folder, "t10k-labels-idx1-ubyte.gz"))).subarray(8);
  for (let i = 0; i < 3; i++) {
    const picture = pixels.subarray(i * 784, (i + 1) * 784);
    writeFileSync(join(here, `digit-${labels[i]}.pgm`), Buffer.concat([Buffer.from("P5\n28 28\n255\n"), picture]));
  }
}

writeFileSync(join(here, "numbers.txt"), numbers());
if (process.argv[2]) writeDigits(process.argv[2]);
