// One journey in one way: looks at every view for what a reader would suffer from.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The first view of a page, as it comes over the wire, in bytes. */
const FIRST_VIEW = 100 * 1024;

/** What axe calls serious or critical is a fault. */
const SERIOUS = new Set(["serious", "critical"]);

export class Visit {
  faults = [];
  views = 0;

  static async begin(browser, url, way, name, screenshots) {
    const context = await browser.newContext({ ...way.context, baseURL: url, locale: "zh-CN", acceptDownloads: true, bypassCSP: false });
    const visit = new Visit();
    Object.assign(visit, { context, url, way, name, screenshots, page: await context.newPage() });
    visit.page.setDefaultTimeout(20_000);
    await visit.watch();
    return visit;
  }

  async watch() {
    const { page } = this;
    page.on("console", (message) => {
      // Violations of the policy are told here, too.
      if (message.type() === "error") this.fault(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.fault(`script: ${error.message}`));
    page.on("request", (request) => {
      const address = request.url();
      if (!address.startsWith(this.url) && !/^(data|blob|about):/.test(address)) this.fault(`request to another host: ${address}`);
    });
    this.session = await this.context.newCDPSession(page);
    await this.session.send("Network.enable");
    await this.allow(!this.way.noScripts);
    this.session.on("Network.loadingFinished", ({ encodedDataLength }) => (this.loaded += encodedDataLength));
  }

  loaded = 0;

  fault(what) {
    const told = `[${this.way.name}] ${this.name}${this.view ? `/${this.view}` : ""}: ${what}`;
    if (!this.faults.includes(told)) this.faults.push(told);
  }

  /** Opens an address as a first view, with nothing kept from before. */
  async open(address, view) {
    await this.session.send("Network.setCacheDisabled", { cacheDisabled: true });
    this.loaded = 0;
    const response = await this.page.goto(address);
    if (!response?.ok()) this.fault(`${address} answers ${response?.status()}`);
    await this.page.waitForLoadState("networkidle");
    if (this.loaded > FIRST_VIEW) {
      this.fault(`the first view of ${address} has ${Math.round(this.loaded / 1024)} KB`);
    }
    await this.session.send("Network.setCacheDisabled", { cacheDisabled: false });
    if (view) await this.look(view);
  }

  /** Follows a link or presses a button, and waits for what comes. */
  async follow(locator, view) {
    await locator.first().click();
    await this.page.waitForLoadState("networkidle");
    if (view) await this.look(view);
  }

  /** Looks at what is shown: accessibility, width, headings; and takes a picture. */
  async look(view) {
    this.view = view;
    this.views += 1;
    const { page } = this;
    await this.picture(view);
    const headings = await page.locator("h1").count();
    if (headings !== 1) this.fault(`${headings} headings of the first level`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 0) this.fault(`${wide} pixels wider than the window: ${await this.widest()}`);
    const { violations } = await this.accessibility();
    for (const { id, impact, help, nodes } of violations) {
      if (SERIOUS.has(impact)) this.fault(`axe ${impact} ${id}: ${help}: ${nodes.slice(0, 2).map((node) => node.html.slice(0, 160)).join(" | ")}`);
    }
  }

  /** What axe finds. Where scripts are off they are let in for axe alone: those of the page have been passed over by then. */
  async accessibility() {
    await this.allow(true);
    await this.page.evaluate(axe);
    const found = await this.page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    await this.allow(!this.way.noScripts);
    return found;
  }

  allow(scripts) {
    return this.session.send("Emulation.setScriptExecutionDisabled", { value: !scripts });
  }

  /** What sticks out of the window. */
  widest() {
    return this.page.evaluate(() => {
      const width = document.documentElement.clientWidth;
      const scrolls = (element) => element && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
      const out = [...document.querySelectorAll("body *")].find((element) => {
        return element.getBoundingClientRect().right + scrollX > width + 1 && !scrolls(element.parentElement);
      });
      return out ? out.outerHTML.slice(0, 160) : "";
    });
  }

  async picture(view) {
    const path = join(this.screenshots, `${this.name}-${view}-${this.way.name.replaceAll(" ", "-")}.png`);
    const height = await this.page.evaluate(() => document.documentElement.scrollHeight);
    // A page of a whole report is many screens long; its beginning shows what it looks like.
    const clip = { x: 0, y: 0, width: this.way.context.viewport.width, height: Math.min(height, 3000) };
    // Hiding the caret would put a style into the page, which its policy forbids.
    await this.page.screenshot({ path, fullPage: true, clip, caret: "initial" });
  }

  /** The file behind a link or button. */
  async download(locator) {
    const [file] = await Promise.all([this.page.waitForEvent("download"), locator.first().click()]);
    return readFileSync(await file.path());
  }

  /** Presses Tab until what `selector` names has the focus, and sees that the focus shows. */
  async tabTo(selector) {
    for (let pressed = 0; pressed < 400; pressed++) {
      await this.page.keyboard.press("Tab");
      const here = await this.page.evaluate((wanted) => {
        const element = document.activeElement;
        if (!element?.matches(wanted)) return null;
        const style = getComputedStyle(element);
        return style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2;
      }, selector);
      if (here === null) continue;
      if (!here) this.fault(`the focus does not show on ${selector}`);
      return;
    }
    throw new Error(`Tab never reaches ${selector}`);
  }

  /** Presses Enter and waits for the page that comes. */
  async enter(view) {
    await Promise.all([this.page.waitForNavigation({ waitUntil: "networkidle" }), this.page.keyboard.press("Enter")]);
    if (view) await this.look(view);
  }

  /** A thing that must be so. */
  expect(holds, what) {
    if (!holds) this.fault(what);
  }

  async end() {
    await this.context.close();
  }
}
