// Runs a kernel in V8 and prints, for each timed call, its processor time in nanoseconds and its checksum.
// Arguments: module file, amount, milliseconds of warm-up (not printed), number of calls.
import { readFileSync } from 'node:fs';

const [file, amount, warmMillis, calls] = process.argv.slice(2);
const { instance } = await WebAssembly.instantiate(readFileSync(file));
const { run } = instance.exports;

const micros = ({ user, system }) => user + system;
const warm = micros(process.cpuUsage()) + Number(warmMillis) * 1000;
do run(Number(amount));
while (micros(process.cpuUsage()) < warm);
for (let call = 0; call < Number(calls); call++) {
    const start = process.cpuUsage();
    const checksum = run(Number(amount)) >>> 0;
    console.log(micros(process.cpuUsage(start)) * 1000, checksum);
}
