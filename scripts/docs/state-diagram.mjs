/** Words that Mermaid would not take for the name of a state. */
const RESERVED = new Set(['state', 'note', 'end', 'direction', 'default', 'class', 'fork', 'join', 'choice']);
const BOUNDARY = '[*]';

/** One word for a state; its label stays as it is. */
function alias(state) {
  if (state === null) return BOUNDARY;
  const word = state.replace(/\W+/g, '_');
  return RESERVED.has(word) ? `${word}_` : word;
}

/** Mermaid diagram of a state table: one arrow for each pair of states, with the verbs that lead along it. */
export function stateDiagram({ transitions }) {
  const arrows = new Map();
  const states = new Set();
  const left = new Set();
  for (const { from, verb, to, or = [] } of transitions) {
    for (const start of from) {
      for (const end of [to, ...or]) {
        const key = `${alias(start)} --> ${alias(end)}`;
        arrows.set(key, [...new Set([...(arrows.get(key) ?? []), verb])]);
        for (const state of [start, end]) if (state !== null) states.add(state);
        if (start !== null && start !== end) left.add(start);
      }
    }
  }
  const final = [...states].filter((state) => !left.has(state));
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...[...states].map((state) => `  state "${state}" as ${alias(state)}`),
    ...[...arrows].map(([arrow, verbs]) => `  ${arrow} : ${verbs.join(', ')}`),
    ...final.map((state) => `  ${alias(state)} --> ${BOUNDARY}`),
    '```',
  ].join('\n');
}
