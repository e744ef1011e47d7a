/* Before somebody signs or closes: a recording that goes on is ended, what is typed and what was chosen is written down. */

import { saveAll } from "../controls.js";

export async function comeToRest(kit) {
  const ended = kit.endSound();
  if (ended || kit.files) kit.status.notice(kit.say("need_saved"));
  await ended;
  await saveAll(kit);
}
