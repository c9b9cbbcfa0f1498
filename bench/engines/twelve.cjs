// The twelve conditions of bench/rules.py, told to the engines of Node, a result for each condition.
// node twelve.cjs FOLDER: FOLDER holds the engines. Prints {"publicodes": rate, "json-rules-engine": rate},
// in dossiers a second: the best of many short rounds, so that a busy machine does not speak for them.
"use strict";

const { createRequire } = require("node:module");
const path = require("node:path");

const installed = createRequire(path.join(path.resolve(process.argv[2]), "package.json"));
const { default: Publicodes } = installed("publicodes");
const { Engine: JsonRules } = installed("json-rules-engine");

const ROUNDS = 30;
const ROUND = 50; // dossiers

const dossiers = Array.from({ length: ROUND }, (_, number) => ({
  requested: 20_000 + (number % 7),
  months: 9,
  total: 60,
  invited: number % 2 ? 32 : 20,
  online: false,
  kind: "commune",
  country: "FR",
  cost: 30_000,
  submitted: 1_725_926_400,
  nonProfit: true,
  own: 5_000,
  target: "UA",
}));

function publicodes() {
  const facts = ["demande", "durée", "total", "invités", "en ligne", "nature", "pays", "coût", "dépôt",
    "sans but lucratif", "apport", "cible"];
  const conditions = {
    c0: { "toutes ces conditions": ["demande >= 8455", "demande <= 50745"] },
    c1: { "toutes ces conditions": ["durée >= 6", "durée <= 12"] },
    c2: "total >= 50",
    c3: "invités >= 25",
    c4: "en ligne = non",
    c5: { "une de ces conditions": ["nature = 'commune'", "nature = 'association'"] },
    c6: { "une de ces conditions": ["pays = 'FR'", "pays = 'DE'"] },
    c7: "demande * 10 <= coût * 8",
    c8: "dépôt <= 1726758000",
    c9: "sans but lucratif = oui",
    c10: "apport * 10 >= coût",
    c11: { "toutes ces conditions": ["cible != 'MX'", "cible != 'SN'"] },
  };
  const silent = { log() {}, warn() {}, error() {} };
  const rules = { ...Object.fromEntries(facts.map((fact) => [fact, null])), ...conditions };
  const engine = new Publicodes(rules, { logger: silent });
  const asked = Object.keys(conditions);
  const boolean = (value) => (value ? "oui" : "non");
  return (dossier) => {
    engine.setSituation({
      demande: dossier.requested,
      durée: dossier.months,
      total: dossier.total,
      invités: dossier.invited,
      "en ligne": boolean(dossier.online),
      nature: `'${dossier.kind}'`,
      pays: `'${dossier.country}'`,
      coût: dossier.cost,
      dépôt: dossier.submitted,
      "sans but lucratif": boolean(dossier.nonProfit),
      apport: dossier.own,
      cible: `'${dossier.target}'`,
    });
    return asked.map((condition) => engine.evaluate(condition).nodeValue);
  };
}

function jsonRules() {
  // One rule of twelve conditions: it gives the result of each, and costs less than twelve rules.
  const is = (fact, operator, value) => ({ fact, operator, value });
  const engine = new JsonRules();
  engine.addOperator("atMostFourFifthsOf", (amount, base) => amount * 10 <= base * 8);
  engine.addOperator("atLeastATenthOf", (amount, base) => amount * 10 >= base);
  const between = (fact, least, most) => ({
    all: [is(fact, "greaterThanInclusive", least), is(fact, "lessThanInclusive", most)],
  });
  engine.addRule({
    conditions: {
      all: [
        between("requested", 8455, 50745),
        between("months", 6, 12),
        is("total", "greaterThanInclusive", 50),
        is("invited", "greaterThanInclusive", 25),
        is("online", "equal", false),
        is("kind", "in", ["commune", "association"]),
        is("country", "in", ["FR", "DE"]),
        is("requested", "atMostFourFifthsOf", { fact: "cost" }),
        is("submitted", "lessThanInclusive", 1726758000),
        is("nonProfit", "equal", true),
        is("own", "atLeastATenthOf", { fact: "cost" }),
        is("target", "notIn", ["MX", "SN"]),
      ],
    },
    event: { type: "eligible" },
  });
  return async (dossier) => {
    const answer = await engine.run(dossier);
    const [judged] = [...answer.results, ...answer.failureResults];
    return judged.conditions.all.map((condition) => condition.result);
  };
}

async function rate(name, answer) {
  for (const dossier of dossiers.slice(0, 2)) check(name, await answer(dossier), dossier);
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    for (const dossier of dossiers) await answer(dossier);
    least = Math.min(least, performance.now() - start);
  }
  return (ROUND * 1_000) / least;
}

// An engine that answers otherwise than ours is not compared.
function check(name, states, dossier) {
  const expected = Array.from({ length: 12 }, (_, rank) => rank !== 3 || dossier.invited >= 25);
  if (JSON.stringify(states) !== JSON.stringify(expected)) throw new Error(`${name}: ${JSON.stringify(states)}`);
}

(async () => {
  const rates = {
    publicodes: await rate("publicodes", publicodes()),
    "json-rules-engine": await rate("json-rules-engine", jsonRules()),
  };
  console.log(JSON.stringify(rates));
})();
