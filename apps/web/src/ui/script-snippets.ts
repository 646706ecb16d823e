/** A piece of script to begin from; `${…}` are the places that a person fills in. */
export interface Snippet {
  readonly label: string;
  readonly listen: 'prerequest' | 'test';
  readonly code: string;
}

export const SNIPPETS: readonly Snippet[] = [
  {
    label: 'Test: status',
    listen: 'test',
    code: 'pm.test("${is 200}", () => {\n\tpm.response.to.have.status(${200});\n});',
  },
  {
    label: 'Test: a value of the JSON body',
    listen: 'test',
    code: 'pm.test("${is active}", () => {\n\tpm.expect(pm.response.json().${status}).to.eql("${ACTIVE}");\n});',
  },
  {
    label: 'Test: the body contains a text',
    listen: 'test',
    code: 'pm.test("${names the user}", () => {\n\tpm.expect(pm.response.text()).to.include("${text}");\n});',
  },
  {
    label: 'Test: a header is there',
    listen: 'test',
    code: 'pm.test("${has a request id}", () => {\n\tpm.response.to.have.header("${X-Okta-Request-Id}");\n});',
  },
  {
    label: 'Test: answered in time',
    listen: 'test',
    code: 'pm.test("${answers within a second}", () => {\n\tpm.expect(pm.response.responseTime).to.be.below(${1000});\n});',
  },
  {
    label: 'Keep an id for later requests',
    listen: 'test',
    code: 'pm.environment.set("${userId}", pm.response.json().${id});',
  },
  {
    label: 'Keep the id of the first in a list',
    listen: 'test',
    code: 'const [${first}] = pm.response.json();\nif (${first}) pm.environment.set("${userId}", ${first}.id);',
  },
  {
    label: 'Keep where the next page begins',
    listen: 'test',
    code: 'const next = /[?&]after=([^&>]+)[^>]*>;\\s*rel="next"/.exec(pm.response.headers.get("Link") || "");\nif (next) pm.environment.set("${after}", decodeURIComponent(next[1]));',
  },
  {
    label: 'Go on with another request of the run',
    listen: 'test',
    code: 'pm.execution.setNextRequest("${Name of the request}");',
  },
  {
    label: 'Set a variable',
    listen: 'prerequest',
    code: 'pm.variables.set("${name}", ${"value"});',
  },
  {
    label: 'Set the time, for a filter of dates',
    listen: 'prerequest',
    code: 'pm.variables.set("${since}", new Date(Date.now() - ${24} * 3600e3).toISOString());',
  },
  {
    label: 'Set a header',
    listen: 'prerequest',
    code: 'pm.request.headers.upsert({ key: "${Accept}", value: "${application/json}" });',
  },
  {
    label: 'Leave this request out',
    listen: 'prerequest',
    code: 'if (!pm.variables.get("${userId}")) pm.execution.skipRequest();',
  },
  {
    label: 'Send another request',
    listen: 'prerequest',
    code: 'pm.sendRequest(\n\t{\n\t\turl: pm.variables.replaceIn("{{url}}/${api/v1/users/me}"),\n\t\theader: { Authorization: "SSWS " + pm.environment.get("apikey") },\n\t},\n\t(error, response) => {\n\t\tif (error) throw error;\n\t\t${console.log(response.code);}\n\t},\n);',
  },
];

/** The code of a snippet as it stands in a script. */
export const toCode = ({ code }: Snippet): string =>
  code.replace(/\$\{([^}]*)\}/g, '$1').replaceAll('\t', '  ');
