/** What a call of the AWS SDK is to people, by its operation. */
const OPERATIONS = {
  GetItem: { kind: 'read', title: 'Read' },
  Query: { kind: 'read', title: 'Query' },
  BatchGetItem: { kind: 'read', title: 'Read' },
  UpdateItem: { kind: 'write', title: 'Write' },
  PutItem: { kind: 'write', title: 'Write' },
  DeleteItem: { kind: 'write', title: 'Delete' },
  TransactWriteItems: { kind: 'transaction', title: 'Transaction' },
  SendMessage: { kind: 'message', title: 'Message' },
  SendEmail: { kind: 'e-mail', title: 'E-mail' },
  Publish: { kind: 'SMS', title: 'SMS' },
};

export function describeCall(call) {
  if (call.operation === 'Publish' && call.topic) {
    return { kind: 'event', title: 'Event' };
  }
  return OPERATIONS[call.operation] ?? { kind: 'call', title: call.operation };
}

/** `1 read, 1 write`: what a run of a function did, in the order in which it first did it. */
export function summary(step) {
  const counts = new Map();
  for (const call of step.calls) {
    const { kind } = describeCall(call);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => counted(kind, count)).join(', ') || 'no call';
}

function counted(kind, count) {
  if (kind === 'SMS' || kind === 'e-mail') {
    return kind;
  }
  return count === 1 ? `1 ${kind}` : `${count} ${kind}s`;
}

/** Ids are long and alike; their beginning is enough to follow one. */
export const shortened = (text) => text.replace(/\b([a-z]{3}_[a-z0-9]{4})[a-z0-9]+/g, '$1…');

/** An expression in lines, broken between its parts and, within one, between the cases of an OR. */
export function lines(expression) {
  const found = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < expression.length; i++) {
    depth += { '(': 1, ')': -1 }[expression[i]] ?? 0;
    const gap = BREAKS[depth]?.exec(expression.slice(i))?.[0];
    if (gap) {
      found.push(expression.slice(start, i) + gap.trim());
      start = i + gap.length;
    }
  }
  return [...found, expression.slice(start)].map((line) => (line.startsWith('OR ') ? `  ${line}` : line));
}

/** What ends a line, by how deep in parentheses it stands. */
const BREAKS = [/^( (?=AND |REMOVE |ADD |DELETE )|, )/, /^ (?=OR |AND )/, /^ (?=OR )/];
