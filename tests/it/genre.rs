//! Which texts are taken for reports, and what are the others?
#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use fazhi::judge;
use fazhi::lexicon::Lexicon;
use fazhi::read::Document;

/// The reason for which a text is refused, empty where it is taken.
fn reason(text: &str) -> String {
    let lexicon = Lexicon::shared().expect("the tables are valid");
    let document = Document { text: text.to_owned(), ..Document::default() };
    judge(&fazhi::extract(&document, lexicon), lexicon).err().map(|refusal| refusal.reason).unwrap_or_default()
}

const DEEDS: &str = "一、主要做法\n(一)健全制度体系。制定行政规范性文件3件，清理废止2件，审查合同41份，县政府常务会议专题学法4次。\n\
    (二)规范行政执法。办理行政处罚案件126件，开展案卷评查2次，培训执法人员310人次，落实行政执法三项制度。\n\
    (三)化解矛盾纠纷。收到行政复议申请18件，办结17件，调解纠纷1,240件，负责人出庭应诉率100%。\n\
    二、存在的问题\n一是基层执法力量薄弱，二是普法形式单一。\n三、下一步打算\n加强法治队伍建设，完善法律顾问制度，推进法治政府建设再上台阶。";

#[test]
fn reports_of_all_kinds_are_taken() {
    for head in [
        "青梧县人民政府关于2021年度法治政府建设情况的报告",
        "青梧县司法局2019年依法行政工作总结",
        "中共青梧县委2023年度法治建设工作情况报告",
        "青梧县公安局2022年法治政府建设工作总结及2023年工作计划",
        "关于印发《青梧县2021年法治政府建设情况报告》的通知",
        "关于开展2020年度法治政府建设工作情况的报告",
        "2021年，我局坚持依法行政。现将我局2021年法治政府建设情况报告如下：",
        "政策解读\n政府信息公开工作年度报告\n2021年，我镇推进法治政府建设，现将有关情况报告如下：",
        "主任、各位副主任、各位委员：\n受县政府委托，现将我县2018年度依法行政工作情况汇报如下，请予审议。",
        "2022年，青梧县深入学习贯彻习近平法治思想，扎实推进法治政府建设。",
        "下面是小编整理的，供大家参考。\n青梧镇2019年法治政府建设工作总结\n浙江省杭州市西湖区青梧镇",
    ] {
        assert_eq!(reason(&format!("{head}\n{DEEDS}")), "", "{head}");
    }
}

#[test]
fn the_beginning_of_a_report_is_taken() {
    let head = "青梧县人民政府关于2021年度法治政府建设情况的报告\n2021年，在上级党委、政府的坚强领导下，县人民政府深入学习贯彻\
        习近平法治思想，全面落实法治政府建设各项部署，坚持把法治政府建设摆在工作全局的重要位置，统筹谋划、协调推进，各项工作取得明显成效，\
        为全县经济社会高质量发展提供了坚强的法治保障。";
    assert_eq!(reason(head), "");
}

#[test]
fn titles_of_other_kinds_are_refused() {
    for (title, kind) in [
        ("《青梧县2021年度法治政府建设情况报告》政策解读", "interpretation"),
        ("乡镇法治政府建设工作总结范文", "model-text"),
        ("法治政府建设工作报告(通用5篇)", "model-text"),
        ("青梧县司法局局长2022年度述职述法报告", "personal-account"),
        ("关于法治政府建设情况报告的审议意见", "deliberation"),
        ("县人大常委会听取法治政府建设专题汇报并召开座谈", "news"),
        ("青梧镇2022年政府信息公开工作年度报告", "disclosure-report"),
        ("青梧县2023年法治政府建设工作要点", "plan"),
        ("青梧县法治政府建设实施方案(2021-2025年)", "plan"),
        ("关于开展法治政府建设督察的通知", "notice"),
        ("2022年青梧县政府工作报告", "government-work-report"),
        ("青梧县年鉴(2020)法治政府建设", "yearbook"),
        ("青梧县2023年度行政执法数据", "statistics"),
        ("青梧县行政执法监督办法(试行)", "legal-text"),
        ("青梧县司法局2023年普法依法治理工作总结", "publicity-report"),
        ("青梧县司法局2023年意识形态工作", "party-work"),
        ("县级法治政府建设实证研究", "study"),
        ("青梧县司法局机构职能", "duties"),
    ] {
        assert_eq!(reason(&format!("{title}\n{DEEDS}")), kind, "{title}");
    }
}

#[test]
fn words_tell_what_has_no_title() {
    let article = "条 各部门应当依法行政，推进法治政府建设，加强行政执法监督工作，落实各项制度要求。\n";
    let law: String =
        "一二三四五六七八九".chars().flat_map(|n| ["第".to_owned(), n.to_string(), article.to_owned()]).collect();
    assert_eq!(reason(&law), "legal-text");
    let account =
        "今年以来，我认真学习法律法规，我坚持带头学法，现将本人履职情况报告如下：推进法治政府建设，依法行政。";
    assert_eq!(reason(&format!("{account}\n{DEEDS}")), "personal-account");
    let news = "本报讯（记者某某）3月5日，县政府召开会议。会议听取了有关汇报。会议强调，要推进法治政府建设、依法行政。与会人员进行了讨论。".repeat(4);
    assert_eq!(reason(&news), "news");
    assert_eq!(reason("404 您访问的页面不存在"), "error-page");
    let years: Vec<String> = (2011..2024).map(|year| format!("青梧县{year}年度法治政府建设情况")).collect();
    let list = years.join("\n") + "\n下一页 尾页";
    assert_eq!(reason(&list), "list-page");
    let plan = "加快推进法治政府建设，规范行政执法，依法行政。责任单位：县司法局。牵头单位：县政府办公室。".repeat(8);
    assert_eq!(reason(&plan), "plan");
    assert_eq!(reason(&"我县大力发展特色农业，新建大棚三百亩，带动农户增收。".repeat(12)), "off-subject");
}
