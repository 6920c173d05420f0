// Questions in, as a JSON list on standard input: [{query, sources: [ADDRESS]}]; a JSON list of
// what Comunica answers out. The first argument is the folder that it is installed in.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';

const {QueryEngine} = createRequire(path.resolve(process.argv[2], 'x'))('@comunica/query-sparql');

async function answered({query, sources}) {
  const answer = await new QueryEngine().query(query, {sources: sources.map(value => ({type: 'sparql', value}))});
  if (answer.resultType === 'boolean') return answer.execute();
  const found = await (await answer.execute()).toArray();
  if (answer.resultType === 'quads') {
    return found.map(quad => [quad.subject.value, quad.predicate.value, quad.object.value]);
  }
  return found.map(row => Object.fromEntries([...row].map(([variable, term]) => [variable.value, term.value])));
}

const answers = [];
for (const question of JSON.parse(readFileSync(0, 'utf8'))) {
  answers.push(await answered(question).catch(error => ({error: error.message})));
}
process.stdout.write(JSON.stringify(answers));
