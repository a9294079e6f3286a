/** Shares of a whole in exact numbers: rounded down, and what is left goes to the largest remainders. */
export function exactShares(total: number, shares: readonly number[]): number[] {
  const sum = shares.reduce((all, share) => all + share, 0);
  const exact = shares.map((share) => (total * share) / sum);
  const counts = exact.map(Math.floor);
  const missing = total - counts.reduce((all, count) => all + count, 0);
  const byRemainder = exact.map((share, index) => ({ index, remainder: share - Math.floor(share) })).sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder.slice(0, missing)) counts[index] = (counts[index] ?? 0) + 1;
  return counts;
}

/** As {@link exactShares}, and each at least once, for a whole that is large enough; the largest share gives what that takes. */
export function everyShare(total: number, shares: readonly number[]): number[] {
  const counts = exactShares(total, shares);
  if (total < shares.length) throw new RangeError(`${total} cannot be shared by ${shares.length} so that each has one.`);
  for (const [index, count] of counts.entries()) {
    if (count > 0) continue;
    const most = counts.indexOf(Math.max(...counts));
    counts[most] = (counts[most] ?? 0) - 1;
    counts[index] = 1;
  }
  return counts;
}
