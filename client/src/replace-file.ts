import { rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file that appears under its name, or takes the place of the one there, only when it is whole. Throws what the operating system says. */
export async function replaceFile(file: string, text: string, mode?: number): Promise<void> {
  const next = `${file}.${process.pid}.next`;
  try {
    await writeFile(next, text, { mode });
    await rename(next, file);
  } catch (cause) {
    await rm(next, { force: true }).catch(() => undefined);
    throw cause;
  }
}
