"""A kit of one page over an open log: the real line, the real store, and only what a test asks for on the page."""

from tests.phone_log import BEGIN

KIT = BEGIN + """
  const load = (name) => import(`/static/test/js/field/${name}.js`);
  const { Status } = await load("status");
  document.body.innerHTML = `<div class="head"><p id="state"><b aria-hidden="true"></b><b data-words></b></p></div>
    <p id="told" hidden></p><p id="clock" hidden></p><main id="kit" data-shown="evidence" data-kit="{}">${argument.page}</main>`;
  const main = document.getElementById("kit");
  const line = document.getElementById("state");
  const say = (word) => word;
  const kit = { main, say, store, log, person: { id: argument.person }, name: (id) => id, files: 0, copying: Promise.resolve(),
    endSound: () => null, when: ({ at }) => at,
    data: { visit: argument.visit, form: 1, tasks: [], members: [] }, status: new Status(line, say) };
  const nothing = { is: "idle", rows: [], last: null, oldest: null, phone: {} };
  document.dispatchEvent(new CustomEvent("field:state", { detail: nothing }));
  const put = IDBObjectStore.prototype.put;
  const fill = (...stores) => {
    IDBObjectStore.prototype.put = function refuse(...row) {
      if (stores.includes(this.name)) throw new DOMException("full", "QuotaExceededError");
      return put.apply(this, row);
    };
  };
  const empty = () => { IDBObjectStore.prototype.put = put; };
  const pause = (milliseconds) => new Promise((go) => { setTimeout(go, milliseconds); });
  const until = async (is) => { for (let n = 0; n < 200 && !(await is()); n += 1) await pause(25); };
  const written = async () => (await all("ops")).map(({ op }) => op).sort((one, other) => one.n - other.n);
  const meta = async (key) => (await all("meta")).find((row) => row.key === key);
"""
