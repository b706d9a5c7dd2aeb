//! Invented sentences about the work of a county, drawn word by word, so that any number of them can be had.

/// A small generator of numbers that look random (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap_or(0)
    }

    /// Small numbers often, large ones seldom.
    pub fn seldom(&mut self, limit: usize) -> usize {
        let (a, b) = (self.below(limit), self.below(limit));
        a.min(b)
    }
}

const HOWS: [&str; 32] = [
    "按季度",
    "采取随机抽取方式",
    "会同镇街",
    "依托网格",
    "利用夜间时段",
    "通过视频连线",
    "结合年度考核",
    "对照清单逐项",
    "邀请商会代表",
    "围绕农忙时节",
    "由分管领导带队",
    "借助无人机",
    "以交叉互评形式",
    "分片区",
    "面向个体工商户",
    "聚焦校园周边",
    "针对新入职人员",
    "联合邻近街区",
    "利用赶集日",
    "依靠老党员",
    "选取重点路段",
    "实行红黄牌制度",
    "以问题台账为抓手",
    "采用情景模拟方法",
    "通过扫码评价",
    "在便民服务大厅",
    "按照先易后难顺序",
    "运用电子围栏",
    "分批次",
    "以师带徒形式",
    "发动楼栋长",
    "每逢节前",
];
const VERBS: [&str; 36] = [
    "检查", "梳理", "评查", "回访", "整治", "排查", "培训", "抽测", "公示", "审核", "复核", "调处", "约谈", "督办",
    "印发", "修订", "归集", "清退", "更新", "演练", "走访", "汇编", "张贴", "录入", "核减", "比对", "试行", "推广",
    "评议", "补正", "暂扣", "移交", "发放", "优化", "压减", "测评",
];
const WHATS: [&str; 60] = [
    "餐饮后厨卫生",
    "建筑渣土运输车辆",
    "出租房屋备案",
    "执法案卷装订质量",
    "燃气管道老化隐患",
    "农资经营门店",
    "校车驾驶员资格",
    "河道采砂行为",
    "柜台办事流程",
    "物业收费纠纷",
    "养老机构床位补贴",
    "店招广告设置",
    "共享单车停放",
    "山林承包合同",
    "民办培训机构预收费",
    "危房改造资金",
    "流动摊点经营区域",
    "消防通道占用情况",
    "企业环评承诺事项",
    "村规民约条款",
    "证明材料目录",
    "罚没物品仓库",
    "行政裁量参考案例",
    "合同示范文本",
    "历史遗留林权争议",
    "电梯维保记录",
    "食用农产品快检结果",
    "旅行社投诉线索",
    "劳动监察举报信息",
    "超限运输源头单位",
    "不动产登记积案",
    "城区噪声扰民点位",
    "网约车平台资质",
    "小微企业用工合同",
    "涉企检查频次",
    "执法记录仪存储规范",
    "殡葬服务价格",
    "畜禽养殖粪污处理",
    "窗口人员礼仪",
    "公章刻制备案",
    "图书馆无障碍设施",
    "乡村医生执业范围",
    "加油站计量器具",
    "沿街商铺油烟净化设备",
    "政务热线退回工单",
    "古树名木保护牌",
    "临时用地复垦方案",
    "中小学食堂采购台账",
    "废旧轮胎堆放点",
    "采矿权人信息公示",
    "水库垂钓管理",
    "老旧小区加装电梯意见",
    "供水企业水质报告",
    "房屋征收补偿档案",
    "公益岗位聘用名册",
    "林区防火卡口",
    "二手车交易市场",
    "农民工工资保证金",
    "快递网点实名收寄",
    "景区观光车年检",
];
const RESULTS: [&str; 30] = [
    "发现并纠正不规范问题{}处",
    "形成整改清单{}份",
    "下达责令改正通知书{}份",
    "惠及居民{}户",
    "平均办理时间缩短{}天",
    "参训{}人次",
    "收到反馈意见{}条",
    "化解矛盾{}起",
    "减免费用{}万元",
    "建立一户一档资料{}套",
    "满意率达到{}%",
    "立案查处{}件",
    "清理过期文件{}件",
    "制作宣传海报{}张",
    "涉及商户{}家",
    "挽回损失{}万元",
    "采纳合理建议{}条",
    "发放明白纸{}份",
    "更换破损标识{}块",
    "劝离占道摊位{}个",
    "补录数据{}条",
    "移送线索{}条",
    "开设专场{}场",
    "覆盖村居{}个",
    "完成整改{}项",
    "退还押金{}万元",
    "新增停车泊位{}个",
    "抽检样品{}批次",
    "受理咨询{}次",
    "办结工单{}件",
];
const TAILS: [&str; 24] = [
    "做法在全县推开",
    "结果张榜公布",
    "整改情况逐月销号",
    "责任人当场签字确认",
    "相关经验写入年度手册",
    "与评优评先挂钩",
    "群众拍手称好",
    "资料按年份归档",
    "遗留问题移交下一年度跟踪",
    "考评靠后的单位作书面说明",
    "半年后组织回头看",
    "复查合格率稳中有升",
    "由驻点干部跟踪落实",
    "对屡改屡犯的从严处理",
    "纠纷苗头就地消除",
    "服务半径明显缩小",
    "基层负担切实减轻",
    "新旧台账顺利衔接",
    "信息同步推送至手机端",
    "数据每周更新一次",
    "材料一次性告知",
    "办事人少跑两趟",
    "典型做法编成口袋书",
    "监督电话全天有人接听",
];

const WHO: [&str; 20] = [
    "法律顾问团",
    "综合执法队",
    "市场监管所",
    "派驻纪检组",
    "审批服务窗口",
    "普法讲师团",
    "特邀监督员",
    "复议应诉股",
    "司法所人员",
    "人民调解委员会",
    "网格长",
    "信访联席办",
    "卫生监督所",
    "公共资源交易中心",
    "生态环境分局",
    "应急管理站",
    "退役军人事务站",
    "医保经办大厅",
    "自然资源所",
    "档案馆",
];
const ABOUT: [&str; 24] = [
    "对执法证件到期人员",
    "就重大行政决策听证意见",
    "对规范性文件征求意见稿",
    "对行政复议申请材料",
    "对历年行政处罚卷宗",
    "对政府采购合同履约",
    "就征地拆迁补偿方案",
    "对集体资产租赁",
    "对未成年人保护热线",
    "对婚姻家庭纠纷",
    "对乡村旅游民宿",
    "对粮食收购站点",
    "对屠宰场检疫",
    "对药店处方留存",
    "对货车非法改装",
    "对企业信用修复申请",
    "对工程渣场边坡",
    "对校园食堂进货票据",
    "对养殖尾水排放",
    "对景区门票优惠政策",
    "对涉农补贴发放名单",
    "对公共法律服务站点",
    "就营商环境投诉件",
    "对闲置宅基地流转",
];
const DONE: [&str; 20] = [
    "开展全覆盖回头看",
    "逐条出具书面意见",
    "实行销号管理",
    "召开论证会审议",
    "组织旁听庭审",
    "进行穿透式核查",
    "列出负面清单",
    "建立红黄绿预警",
    "推行说理式文书",
    "落实首问负责",
    "启动联合惩戒",
    "安排专人帮办",
    "完成信息化录入",
    "发布典型案例",
    "采取柔性劝导",
    "组织交叉检查",
    "明确办理时限",
    "签订承诺书",
    "张榜接受监督",
    "编制操作指引",
];
const COUNTS: [&str; 16] = [
    "采纳意见{}条",
    "追回资金{}万元",
    "约谈负责人{}人",
    "发出提示函{}份",
    "依法办结{}件",
    "调解成功{}件",
    "注销证件{}本",
    "修改条款{}处",
    "整改隐患{}处",
    "培训骨干{}名",
    "接听来电{}个",
    "减少跑动{}次",
    "公开目录{}项",
    "抽查单位{}家",
    "核销积案{}起",
    "评选示范户{}户",
];
const EFFECTS: [&str; 16] = [
    "形成闭环管理机制",
    "得到上级通报表扬",
    "满意度持续攀升",
    "为后续工作提供遵循",
    "相关制度已报备案",
    "成果在电视台专栏播出",
    "做到件件有着落",
    "纳入干部述职内容",
    "问题线索同步移交",
    "基层反映良好",
    "办理质效明显提高",
    "有效防止反弹",
    "填补了制度空白",
    "执法尺度更加统一",
    "企业负担继续减轻",
    "年底前全部到位",
];

/// The words of which sentences are drawn, and in which order they stand.
pub struct Stock {
    /// What a long clause is made of.
    long: &'static [&'static [&'static str]],
    /// What a short one is made of.
    short: &'static [&'static [&'static str]],
    /// What was counted; braces stand for the number.
    counts: &'static [&'static str],
    /// What a clause may end in.
    tails: &'static [&'static str],
}

/// The stock on which the comparison was worked out.
pub const KNOWN: Stock =
    Stock { long: &[&HOWS, &VERBS, &WHATS], short: &[&VERBS, &WHATS], counts: &RESULTS, tails: &TAILS };

/// Another one, nearer to what such reports speak of, written when the comparison stood.
pub const OTHER: Stock =
    Stock { long: &[&WHO, &ABOUT, &DONE], short: &[&ABOUT, &DONE], counts: &COUNTS, tails: &EFFECTS };

/// A clause as the words that it is made of: any of them may be exchanged for another of its kind.
#[derive(Clone)]
pub struct Clause {
    words: Vec<(&'static [&'static str], usize)>,
    number: usize,
}

impl Clause {
    pub fn draw(stock: &Stock, dice: &mut Dice) -> Self {
        let kinds = match dice.below(5) {
            0 | 1 => stock.long,
            2 => stock.short,
            3 => &[stock.counts],
            _ => &[stock.tails],
        };
        let words = kinds.iter().map(|kind| (*kind, dice.below(kind.len()))).collect();
        Self { words, number: 2 + dice.below(900) }
    }

    /// The clause with every word that the dice hit (so many in a hundred) exchanged.
    pub fn reworded(&self, hundredths: usize, dice: &mut Dice) -> Self {
        let words = self.words.iter().map(|(kind, at)| {
            let is_hit = dice.below(100) < hundredths;
            (*kind, if is_hit { (at + 1 + dice.below(kind.len() - 1)) % kind.len() } else { *at })
        });
        Self { words: words.collect(), number: self.number }
    }

    /// The clause with another number.
    pub fn renumbered(&self, dice: &mut Dice) -> Self {
        Self { words: self.words.clone(), number: 2 + dice.below(900) }
    }

    pub fn text(&self) -> String {
        let words: String = self.words.iter().map(|(kind, at)| kind[*at]).collect();
        words.replace("{}", &self.number.to_string())
    }

    pub fn length(&self) -> usize {
        self.text().chars().filter(|c| !c.is_ascii_digit()).count()
    }
}

/// Clauses as a passage: a statement to every three or four.
pub fn passage(clauses: &[Clause], place: &str, dice: &mut Dice) -> String {
    let mut text = format!("{place}司法局");
    let mut left = 3 + dice.below(2);
    for (at, clause) in clauses.iter().enumerate() {
        text.push_str(&clause.text());
        left -= 1;
        let ends = at + 1 == clauses.len() || left == 0;
        text.push_str(if ends { "。" } else { "," });
        if ends {
            left = 3 + dice.below(2);
        }
    }
    text
}
