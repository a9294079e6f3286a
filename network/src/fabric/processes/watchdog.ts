import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';

/** Reads "add PID" and "drop PID"; when its input ends, whatever ended the writer, it ends what is left. */
const program = `
pids=
while read -r verb pid; do
  case $verb in
    add) pids="$pids $pid" ;;
    drop) kept=; for p in $pids; do [ "$p" = "$pid" ] || kept="$kept $p"; done; pids=$kept ;;
  esac
done
[ -n "$pids" ] || exit 0
kill -TERM $pids 2>/dev/null
tries=0
while [ $tries -lt 50 ]; do
  alive=
  for p in $pids; do if kill -0 $p 2>/dev/null; then alive="$alive $p"; fi; done
  [ -n "$alive" ] || exit 0
  tries=$((tries + 1))
  sleep 0.1
done
kill -KILL $alive 2>/dev/null
`;

/**
 * A small shell process that outlives this one just long enough to end the nodes, so that none is left however this
 * process ends (exit, Ctrl-C, crash, SIGKILL).
 */
export class Watchdog {
  private readonly child: ChildProcess;

  constructor() {
    this.child = spawn('/bin/sh', ['-c', program], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
    this.child.on('error', () => undefined);
    this.child.stdin?.on('error', () => undefined);
    this.child.unref();
  }

  add(pid: number): void {
    this.child.stdin?.write(`add ${pid}\n`);
  }

  drop(pid: number): void {
    this.child.stdin?.write(`drop ${pid}\n`);
  }

  /** Ends the watchdog itself; resolves when it is gone. */
  async close(): Promise<void> {
    const gone = this.child.exitCode !== null || this.child.signalCode !== null ? Promise.resolve() : new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
    this.child.ref();
    this.child.stdin?.end();
    await gone;
  }
}
