// What readers do. Each journey has a way by pointer (`go`), which also works without scripts, and some one by keyboard alone.

const COUNTY = "武山县";

/** Home, a county by its name, its page. */
const county = {
  async go(visit) {
    await visit.open("/", "home");
    await visit.page.fill(".site-search input", COUNTY);
    await visit.follow(visit.page.locator(".site-search button"));
    // A server that has just begun may still be making its index; the page asks again by itself.
    await visit.page.waitForSelector('main a[href^="/id/region/"]');
    await visit.look("results");
    await visit.follow(visit.page.locator('main a[href^="/id/region/"]', { hasText: COUNTY }), "region");
    visit.expect((await visit.page.locator("h1").textContent()).includes(COUNTY), "the page of the county is not its own");
    visit.expect(await visit.page.locator('main a[href^="/id/report/"]').count(), "no report leads on from the county");
  },
  async keyboard(visit) {
    await visit.open("/");
    await visit.page.keyboard.press("/");
    await visit.page.keyboard.type(COUNTY);
    await visit.enter();
    await visit.page.waitForSelector('main a[href^="/id/region/"]');
    await visit.look("results");
    await visit.tabTo('main a[href^="/id/region/"]');
    await visit.enter("region");
    visit.expect((await visit.page.locator("h1").textContent()).includes(COUNTY), "the page of the county is not its own");
  },
};

async function toReport(visit) {
  await visit.open(`/search?q=${encodeURIComponent(COUNTY)}`);
  await visit.page.waitForSelector('main a[href^="/id/region/"]');
  await visit.follow(visit.page.locator('main a[href^="/id/region/"]', { hasText: COUNTY }));
  await visit.follow(visit.page.locator('main a[href^="/id/report/"]:not([href*="#"])'), "report");
}

/** A report, one of the laws that it cites, the evidence of that, and the law. */
const report = {
  async go(visit) {
    await toReport(visit);
    const { page } = visit;
    const mentions = page.locator("article.text a.citation");
    visit.expect(await mentions.count(), "no law is marked in the text");
    if (!visit.way.noScripts && !visit.way.context.hasTouch) {
      await mentions.first().hover();
      await page.waitForSelector(".evidence.card");
      await visit.look("card");
      await page.keyboard.press("Escape");
      visit.expect((await page.locator(".card").count()) === 0, "Escape does not close the card");
    }
    await visit.follow(mentions, "evidence");
    visit.expect(await page.locator("#evidence dl").count(), "the mention does not lead to its evidence");
    await visit.follow(page.locator('#evidence a[href^="/id/document/"]'), "law");
  },
  async keyboard(visit) {
    await toReport(visit);
    await visit.tabTo("article.text a.citation");
    await visit.enter("evidence");
    visit.expect(await visit.page.locator("#evidence dl").count(), "the mention does not lead to its evidence");
  },
};

/** A law in a report, who else cites it with which measures, and back to the words. */
const law = {
  async go(visit) {
    await visit.open("/documents", "documents");
    await visit.follow(visit.page.locator('main a[href^="/id/document/"]'), "law");
    visit.expect(await visit.page.locator("main table.data tbody tr").count(), "the law's page has no table");
    const passages = visit.page.locator('#measures tbody a[href*="from="]');
    visit.expect(await passages.count(), "no measure on the law's page leads to its passage");
    await visit.follow(passages, "passage");
    visit.expect(await visit.page.locator("#passage").count(), "the passage is not marked");
  },
};

/** Figures of an indicator beside each other, sorted in place, and taken along. */
const figures = {
  async go(visit) {
    await visit.open("/figures", "indicators");
    await visit.follow(visit.page.locator('main a[href^="/figures?"], main a[href^="/concept/indicator/"]'), "indicator");
    visit.expect(await visit.page.locator("main svg").count(), "the figures are not plotted");
    await files(visit);
  },
};

/** The CSV and the workbook of the first table. */
async function files(visit) {
  const csv = await visit.download(visit.page.locator('main a[href*=".csv"]'));
  visit.expect(csv.length > 20 && csv.toString("utf8").includes(","), "the CSV has no rows");
  const workbook = await visit.download(visit.page.locator('main a[href*=".xlsx"]'));
  visit.expect(workbook.subarray(0, 2).toString() === "PK", "the workbook is none");
}

/** Findings, the two passages of one, and a verdict that the browser keeps. */
const findings = {
  async go(visit) {
    const { page } = visit;
    await visit.open("/findings", "findings");
    visit.expect(await page.locator("[data-finding]").count(), "no finding is listed");
    if (!visit.way.noScripts) {
      await page.locator("[data-finding] .verdict select").first().selectOption("confirmed");
      await page.locator("[data-finding] .verdict input").first().fill("已核");
      await page.waitForTimeout(600);
      await page.reload();
      await page.waitForSelector("[data-finding] .verdict select");
      const kept = await page.locator("[data-finding] .verdict select").first().inputValue();
      visit.expect(kept === "confirmed", "the verdict is not kept");
      const csv = (await visit.download(page.locator(".triage-bar button"))).toString("utf8");
      visit.expect(csv.includes("confirmed,已核"), "the verdict is not in the export");
      await visit.look("judged");
    }
    await visit.follow(page.locator('[data-finding] a[href*="from="], [data-finding] a[href^="/compare"]'), "passages");
    visit.expect(await page.locator("mark, #passage").count(), "no passage is marked");
  },
};

/** Two reports side by side, by way of a finding between them; their texts scroll together. */
const compare = {
  async go(visit) {
    const { page } = visit;
    await visit.open("/compare", "choose");
    await visit.open("/findings");
    await visit.follow(page.locator('main a[href^="/compare?"]'), "side-by-side");
    visit.expect(await page.locator(".pair .halves").count(), "no shared passage is shown");
    const columns = page.locator(".texts > .column");
    visit.expect((await columns.count()) === 2, "the texts do not stand side by side");
    if (visit.way.noScripts) return;
    const apart = () =>
      page.evaluate(() => {
        const [left, right] = ["a-1", "b-1"].map((id) => document.getElementById(id).getBoundingClientRect().top);
        const [a, b] = [...document.querySelectorAll(".texts > .column")].map((column) => column.getBoundingClientRect().top);
        return Math.abs(left - a - (right - b));
      });
    await columns.first().evaluate((column) => {
      const passage = column.querySelector("#a-1");
      column.scrollTop += passage.getBoundingClientRect().top - column.getBoundingClientRect().top - column.clientHeight / 4;
    });
    await page.waitForTimeout(400);
    const room = await columns.last().evaluate((column) => column.scrollHeight > column.clientHeight + 200);
    visit.expect(!room || (await apart()) < 60, `the passages stand ${await apart()} pixels apart`);
  },
};

/** A query with its answer, a mistake in one, and the answer as a file. */
const query = {
  async go(visit) {
    const { page } = visit;
    const scripts = !visit.way.noScripts;
    await visit.open("/query", "empty");
    if (scripts) {
      // Who turns to the field gets the editor.
      await page.locator("textarea[name=query]").click();
      await page.waitForSelector(".cm-content");
    }
    await visit.follow(page.locator("form.query button:not([type=button])"));
    await page.waitForSelector("#results table, #results .nothing");
    await visit.look("answer");
    visit.expect(scripts === new URL(page.url()).searchParams.has("query") || !scripts, "the query has no address");
    const csv = await visit.download(page.locator('#results button[value="csv"]'));
    visit.expect(csv.toString("utf8").startsWith("year,place_name,quote,report"), "the CSV is not the answer");
    const workbook = await visit.download(page.locator('#results button[value="xlsx"]'));
    visit.expect(workbook.subarray(0, 2).toString() === "PK", "the workbook is none");

    await visit.open("/query?name=laws-by-counties&since=2020", "question");
    await visit.follow(page.locator("form.query button:not([type=button])"));
    await page.waitForSelector("#results table");
    visit.expect((await page.locator("#results tbody tr").count()) > 2, "the question as a text has no answer");
  },
  async keyboard(visit) {
    const { page } = visit;
    await visit.open("/query");
    await visit.tabTo("textarea[name=query]");
    await page.waitForSelector(".cm-content:focus");
    await page.keyboard.press("Control+a");
    await page.keyboard.type("SELECT ?m WHERE { ?m a fz:Meas");
    await page.waitForSelector(".cm-tooltip-autocomplete");
    await page.waitForTimeout(200);
    await visit.look("completion");
    await page.keyboard.press("Enter");
    await page.keyboard.type(" ; fz:region 武山");
    await page.waitForSelector(".cm-tooltip-autocomplete li");
    await page.waitForTimeout(300);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector("#results table");
    await visit.look("answer");
    const written = await page.locator("textarea[name=query]").inputValue();
    visit.expect(/fz:Measure ; fz:region <[^>]+region\/620524> ?}$/.test(written), `completion wrote ${written}`);
    await page.keyboard.press("Control+a");
    await page.keyboard.type("SELECT ?m WHERE ( ?m a fz:Measure");
    await page.waitForSelector(".cm-lintRange-error");
    await visit.look("mistake");
  },
};

/** A question of the catalogue with a name that is proposed, its table sorted in place. */
const question = {
  async go(visit) {
    const { page } = visit;
    await visit.open("/q", "catalogue");
    await visit.open("/q/laws-by-counties?since=2019", "answer");
    await files(visit);
    if (visit.way.noScripts) return;
    const column = async () => (await page.locator("tbody tr td:nth-child(2)").allTextContents()).map(Number);
    await page.locator("thead th:nth-child(2) a").click();
    const down = await column();
    visit.expect(down.every((number, at) => at === 0 || down[at - 1] >= number), "the table is not sorted");
    await page.locator("thead th:nth-child(2) a").click();
    const up = await column();
    visit.expect(up.every((number, at) => at === 0 || up[at - 1] <= number), "the table is not sorted the other way");
    await page.fill("input[name=region]", "武山");
    await page.waitForSelector("datalist option", { state: "attached" });
    const proposed = await page.locator("datalist option").first().getAttribute("value");
    visit.expect(proposed === "武山县", `武山 is proposed as ${proposed}`);
  },
};

/** Every other page once. */
const others = {
  async go(visit) {
    for (const address of ["/regions", "/bodies", "/fields"]) await visit.open(address, address.slice(1));
    await visit.follow(visit.page.locator('main a[href^="/concept/"]'), "field");
    await visit.open("/bodies");
    await visit.follow(visit.page.locator('main a[href^="/concept/body-type/"], main a[href^="/id/body/"]'), "body");
    await visit.open(`/network?iri=${encodeURIComponent("https://w3id.org/fazhi/id/region/620524")}`, "network");
  },
};

export const journeys = { county, report, law, figures, findings, compare, query, question, others };
