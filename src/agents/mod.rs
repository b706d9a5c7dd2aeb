//! How does a language model use the graph? By tools of the Model Context Protocol (<https://modelcontextprotocol.io>).
//!
//! [`Agent`] is such a server, whatever it is connected by: `fazhi mcp` speaks with it over standard input and output,
//! `fazhi serve` at `/mcp`. Its tools find names and passages, answer questions of the catalogue and SPARQL, tell the
//! evidence of a fact, the schema, and what an audit finds. Answers are pages that fit into a model's context, with the labels, IRIs
//! and positions by which a model goes on, and reports with their addresses, so that it can quote.
//!
//! What is wrong with a call is told as the result of the tool, with the remedy: a model reads that and tries again. What a model
//! is told of the tools stands in `wording.toml`. Deliberately absent: any tool that changes the store.

mod answer;
mod ask;
mod evidence;
mod passage;
mod report;
mod resources;
mod schema;
mod search;
mod sheet;
mod tools;
mod trouble;
mod wording;

use std::sync::Arc;
use std::time::Duration;

use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, ErrorData, GetPromptRequestParams,
    GetPromptResponse, Implementation, JsonObject, ListPromptsResult, ListResourceTemplatesResult, ListResourcesResult,
    ListToolsResult, PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities,
    ServerConfig, Tool,
};
use rmcp::service::RequestContext;
use rmcp::{RoleServer, ServerHandler};
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use crate::query::{Limits, suggest};
use crate::store::Store;
use trouble::Trouble;
use wording::wording;

/// What a call of a tool may cost.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What a query of a tool may cost.
    pub limits: Limits,
    /// The turns of queries, shared with whoever else asks the same store.
    pub turns: Arc<Semaphore>,
    /// How long a call waits for its turn.
    pub patience: Duration,
}

/// What the tools read.
struct Library {
    store: Arc<Store>,
    limits: Limits,
    audit: sheet::Kept,
    searching: search::Searching,
}

/// A server of the Model Context Protocol over a store.
#[derive(Clone)]
pub struct Agent {
    library: Arc<Library>,
    settings: Settings,
}

impl std::fmt::Debug for Agent {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Agent").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Agent {
    /// Makes a server over `store`.
    #[must_use]
    pub fn new(store: Arc<Store>, settings: Settings) -> Self {
        let library = Library {
            store,
            limits: settings.limits,
            audit: sheet::Kept::default(),
            searching: search::Searching::default(),
        };
        Self { library: Arc::new(library), settings }
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, Trouble> {
        match timeout(self.settings.patience, Arc::clone(&self.settings.turns).acquire_owned()).await {
            Ok(Ok(turn)) => Ok(turn),
            _ => Err(Trouble::Busy),
        }
    }

    /// Does what takes time on a thread that may wait.
    async fn work<T: Send + 'static>(&self, task: impl FnOnce(&Library) -> T + Send + 'static) -> Result<T, Trouble> {
        let turn = self.turn().await?;
        let library = Arc::clone(&self.library);
        let work = spawn_blocking(move || {
            let _turn = turn;
            task(&library)
        });
        work.await.map_err(|_| Trouble::BrokenOff)
    }

    async fn call(&self, name: &str, arguments: Option<JsonObject>) -> Result<Value, Trouble> {
        let definition = tools::definitions().iter().find(|tool| tool.name == name);
        let Some(definition) = definition else {
            let names = || tools::definitions().iter().map(|tool| tool.name.to_owned());
            let known: Vec<String> = names().collect();
            let alike = suggest(name, names());
            let alike = if alike.is_empty() { String::new() } else { format!(" (did you mean {}?)", alike.join(", ")) };
            return Err(Trouble::Missing(format!("there is no tool `{name}`{alike}; there are {}", known.join(", "))));
        };
        let arguments = Value::Object(arguments.unwrap_or_default());
        self.work(move |library| (definition.call)(library, arguments)).await?
    }
}

fn page_is_whole(request: Option<&PaginatedRequestParams>) -> Result<(), ErrorData> {
    match request.and_then(|request| request.cursor.as_deref()) {
        None => Ok(()),
        Some(_) => Err(ErrorData::invalid_params("the list is one page; ask for it without a cursor", None)),
    }
}

impl ServerHandler for Agent {
    fn get_info(&self) -> ServerConfig {
        let words = wording();
        let capabilities = ServerCapabilities::builder().enable_tools().enable_resources().enable_prompts().build();
        let own = Implementation::new("fazhi", env!("CARGO_PKG_VERSION"))
            .with_title(format!("{} / {}", words.title.zh, words.title.en));
        ServerConfig::new(capabilities).with_server_info(own).with_instructions(words.instructions.trim())
    }

    fn get_tool(&self, name: &str) -> Option<Tool> {
        tools::definitions().iter().find(|tool| tool.name == name).map(tools::Definition::tool)
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        page_is_whole(request.as_ref())?;
        Ok(ListToolsResult::with_all_items(tools::definitions().iter().map(tools::Definition::tool).collect()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        Ok(match self.call(&request.name, request.arguments).await {
            Ok(answer) => CallToolResult::structured(answer),
            Err(trouble) => CallToolResult::error(vec![ContentBlock::text(trouble.to_string())]),
        }
        .into())
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        page_is_whole(request.as_ref())?;
        Ok(ListResourcesResult::with_all_items(resources::resources()))
    }

    async fn list_resource_templates(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        page_is_whole(request.as_ref())?;
        Ok(ListResourceTemplatesResult::with_all_items(resources::templates()))
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let read = self.work(move |library| resources::read(library, &request.uri)).await;
        Ok(read.map_err(|trouble| ErrorData::internal_error(trouble.to_string(), None))??.into())
    }

    async fn list_prompts(
        &self,
        request: Option<PaginatedRequestParams>,
        _: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        page_is_whole(request.as_ref())?;
        Ok(ListPromptsResult::with_all_items(resources::prompts()))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        _: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        Ok(resources::prompt(&request.name, request.arguments.as_ref())?.into())
    }
}
