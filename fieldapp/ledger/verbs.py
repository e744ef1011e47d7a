"""The words for what was done, by the verb of the ledger's entry: each area adds its own."""

from fieldapp.words import N_

ACCOUNTS = {
    "accounts.division_added": N_("处室已添加"),
    "accounts.division_renamed": N_("处室已更名"),
    "accounts.person_added": N_("人员已添加"),
    "accounts.roles_changed": N_("角色已变更"),
    "accounts.departure_recorded": N_("已登记离职"),
    "accounts.portrait_set": N_("照片已更换"),
    "accounts.link_issued": N_("发出口令链接"),
    "accounts.link_used": N_("使用口令链接"),
    "accounts.password_set": N_("口令已设置"),
    "accounts.password_changed": N_("口令已修改"),
    "accounts.signed_in": N_("已登录"),
    "accounts.signed_out": N_("已退出登录"),
    "accounts.session_ended": N_("结束一处登录"),
    "accounts.sessions_ended": N_("结束全部登录"),
}
POLICY = {
    "policy.rule_set_entered": N_("录入规则"),
    "policy.rule_set_changed": N_("修改尚未生效的规则"),
    "policy.rule_set_ended": N_("确定原规则的终止日期"),
    "policy.year_seeded": N_("生成年度日历"),
    "policy.days_entered": N_("录入日历日期"),
    "policy.year_confirmed": N_("确认年度日历"),
}
PLANNING = {
    "planning.plan_drafted": N_("起草年度计划"),
    "planning.lines_aligned": N_("按事项清单更新计划事项"),
    "planning.line_edited": N_("填写计划事项"),
    "planning.plan_issued": N_("印发并公布年度计划"),
}
TASKS = {
    "tasks.task_set_up": N_("任务已设置"),
    "tasks.task_changed": N_("任务已修改"),
    "tasks.task_submitted": N_("任务已提交审核"),
    "tasks.task_approved": N_("任务审核通过"),
    "tasks.task_returned": N_("任务审核退回"),
    "tasks.task_cancelled": N_("任务已取消"),
    "tasks.task_taken_in": N_("接收外部平台任务"),
    "tasks.draw_voided": N_("抽取作废，任务可以重新抽取"),
    "tasks.objects_drawn": N_("抽取检查对象完成"),
    "tasks.task_generated": N_("生成任务并报送法规处"),
    "tasks.report_noted": N_("法规处已阅任务生成情况"),
    "tasks.members_named": N_("确定检查组成员"),
    "tasks.work_plan_written": N_("工作方案已提交"),
    "tasks.work_plan_approved": N_("批准工作方案"),
    "tasks.work_plan_returned": N_("退回工作方案"),
    "tasks.work_plan_read": N_("已阅读工作方案"),
    "tasks.task_started": N_("首次检查已开始"),
    "tasks.task_completed": N_("任务已完成"),
}
DRAW = {
    "draw.narrow_approval_asked": N_("条件较窄，请求再次审批"),
    "draw.narrow_draw_declined": N_("再次审批不同意抽取"),
    "draw.narrow_draw_approved": N_("条件较窄，再次审批同意"),
    "draw.cap_overridden": N_("超过检查次数上限仍列入抽取"),
    "draw.task_frozen": N_("名录已冻结，开始抽取"),
    "draw.committed": N_("提交种子承诺"),
    "draw.revealed": N_("揭示种子"),
    "draw.beacon_named": N_("确定公共随机信标的轮次"),
    "draw.beacon_taken": N_("取得公共随机信标的签名"),
    "draw.seed_made": N_("种子已生成"),
    "draw.objects_drawn": N_("检查对象已抽取"),
    "draw.inspectors_matched": N_("执法检查人员已匹配"),
    "draw.substitute_drawn": N_("抽取递补人员"),
    "draw.substitutes_exhausted": N_("没有可抽取的递补人员"),
    "draw.key_handed_out": N_("审计人员调取抽取密钥"),
    "draw.void_asked": N_("申请作废抽取"),
    "draw.void_declined": N_("不同意作废抽取"),
    "draw.voided": N_("抽取已作废"),
}
DOCUMENTS = {
    "documents.number_reserved": N_("预留文号"),
    "documents.document_issued": N_("印发文书"),
    "documents.file_sealed": N_("生成并签章文书"),
    "documents.document_voided": N_("作废文号"),
}
VISITS = {
    "visits.visit_created": N_("生成检查"),
    "visits.slot_agreed": N_("约定检查时间"),
    "visits.leader_appointed": N_("确定组长"),
    "visits.visit_submitted": N_("检查送审"),
    "visits.visit_approved": N_("批准检查"),
    "visits.visit_returned": N_("检查审批退回"),
    "visits.approval_withdrawn": N_("撤回批准"),
    "visits.member_removed": N_("成员退出检查组"),
    "visits.member_restored": N_("成员恢复"),
    "visits.recusal_asked": N_("申请回避"),
    "visits.party_recusal_noted": N_("当事人申请回避"),
    "visits.recusal_agreed": N_("同意回避"),
    "visits.recusal_declined": N_("不同意回避"),
    "visits.swap_proposed": N_("提出对调检查对象"),
    "visits.swap_declined": N_("不同意对调检查对象"),
    "visits.members_swapped": N_("对调检查对象"),
    "visits.substitution_asked": N_("申请更换检查人员"),
    "visits.substitution_decided": N_("决定更换检查人员"),
    "visits.substitute_seated": N_("递补人员加入检查组"),
    "visits.application_carried": N_("回避或者更换申请转入合并后的检查"),
    "visits.application_moot": N_("回避或者更换申请已无需决定"),
    "visits.reserve_taken": N_("由储备对象替补"),
    "visits.pool_exhausted": N_("没有可递补的检查人员"),
    "visits.assistant_named": N_("确定协助检查的机构或者专家"),
    "visits.assistance_ended": N_("协助检查结束"),
    "visits.merge_proposed": N_("提出合并检查建议"),
    "visits.merge_decided": N_("决定合并检查建议"),
    "visits.task_taken_out": N_("一项任务退出合并检查"),
    "visits.result_recognised": N_("结果互认，不再检查"),
    "visits.visit_merged": N_("并入另一次检查"),
    "visits.visit_started": N_("检查已开始"),
    "visits.visit_paused": N_("暂停检查"),
    "visits.part_closed": N_("一项任务检查结束"),
    "visits.visit_closed": N_("检查已结束"),
    "visits.visit_cancelled": N_("取消检查"),
    "visits.signature_awaited": N_("等待单位签章"),
    "visits.record_returned": N_("退回记录"),
    "visits.remark_answered": N_("答复退回意见"),
    "visits.credential_key_registered": N_("登记手机的人员核验密钥"),
    "visits.credential_key_revoked": N_("停用手机的人员核验密钥"),
    "visits.credential_doubted": N_("对检查人员的身份提出疑问"),
    "visits.doubt_settled": N_("处理人员核验疑问"),
    "visits.external_tasks_handed_in": N_("上传外部平台任务表"),
    "visits.external_tasks_accepted": N_("接受外部平台任务"),
    "visits.external_tasks_rejected": N_("搁置外部平台任务表"),
}
REVIEW = {
    "review.review_opened": N_("记录收齐，开始审核"),
    "review.record_resubmitted": N_("补正后重新提交审核"),
    "review.record_signed_off": N_("组长审核通过"),
    "review.record_checked": N_("经办人核对"),
    "review.record_approved": N_("处室负责人批准"),
    "review.record_returned": N_("退回检查组"),
    "review.clerical_correction_written": N_("写补正说明"),
    "review.clerical_correction_signed": N_("签署补正说明"),
    "review.clerical_correction_withdrawn": N_("撤回补正说明"),
}
EVIDENCE = {
    "evidence.original_stored": N_("收存证据原件"),
}
FIELDWORK = {
    "fieldwork.kit_prepared": N_("准备检查资料"),
    "fieldwork.unsigned_decided": N_("决定检查人员未签字怎样处理"),
    "fieldwork.phone_taken_back": N_("凭账号口令收回手机"),
    "fieldwork.paper_prepared": N_("印制纸质检查表"),
    "fieldwork.paper_entered": N_("由纸质检查表补录"),
    "fieldwork.paper_voided": N_("作废纸质检查表编号"),
    "fieldwork.copy_opened": N_("生成检查对象的副本地址"),
    "fieldwork.copy_told": N_("在检查对象的副本上告知"),
    "fieldwork.pin_set": N_("设置本人口令"),
    "fieldwork.credential_shown": N_("出示执法证件"),
    "fieldwork.notice_served": N_("送达抽查告知书"),
    "fieldwork.request_served": N_("发出书面检查要求"),
    "fieldwork.request_received": N_("单位确认收到书面检查要求"),
    "fieldwork.reply_received": N_("单位答复书面检查"),
    "fieldwork.notice_signed": N_("签收抽查告知书"),
    "fieldwork.notice_refused": N_("拒收抽查告知书"),
    "fieldwork.record_signed": N_("签署检查记录"),
    "fieldwork.record_refused": N_("拒绝签署检查记录"),
    "fieldwork.signature_awaited": N_("记录待签章"),
    "fieldwork.inspector_unsigned": N_("检查人员没有签字的情况"),
    "fieldwork.record_closed": N_("一份检查记录已结束"),
    "fieldwork.item_voided": N_("作废记录中的一项"),
    "fieldwork.visit_closed": N_("现场检查已结束"),
    "review.annex_seen": N_("组长已阅后到的内容"),
}
SYNC = {
    "sync.op_received": N_("收到手机填写的内容"),
    "sync.device_revoked": N_("停用手机"),
    "sync.device_restored": N_("恢复使用手机"),
}
ENTRUSTING = {
    "entrusting.party_added": N_("登记机构或者专家"),
    "entrusting.certificate_added": N_("登记资质"),
    "entrusting.interest_declared": N_("申报利害关系"),
    "entrusting.party_ended": N_("移出机构和专家名录"),
    "entrusting.entrustment_asked": N_("报请委托或者邀请专家"),
    "entrusting.entrustment_agreed": N_("批准委托或者邀请专家"),
    "entrusting.entrustment_declined": N_("不同意委托或者邀请专家"),
    "entrusting.entrustment_done": N_("委托工作完成"),
    "entrusting.entrustment_withdrawn": N_("撤销委托或者邀请"),
    "entrusting.entrustment_recused": N_("因回避结束委托或者邀请"),
    "entrusting.recusal_noted": N_("机构或者专家的回避申请"),
    "entrusting.recusal_agreed": N_("同意机构或者专家回避"),
    "entrusting.recusal_declined": N_("不同意机构或者专家回避"),
    "entrusting.report_handed_in": N_("提交委托报告"),
}
PUBLICATION = {
    "publication.result_entered": N_("录入检查结果"),
    "publication.result_published": N_("公示检查结果"),
    "publication.result_superseded": N_("原结果标记为已更正"),
    "publication.result_corrected": N_("公示更正后的结果"),
    "publication.outgoing_file_made": N_("生成公示系统文件"),
}
OBJECTIONS = {
    "objections.objection_received": N_("收到异议"),
    "objections.objection_taken": N_("承办异议复核"),
    "objections.objection_examined": N_("提交复核意见"),
    "objections.objection_decided": N_("决定并答复异议"),
}
DISPOSAL = {
    "disposal.case_opened": N_("开办处置"),
    "disposal.case_closed": N_("处置办结"),
}
OVERSIGHT = {
    "oversight.job_retried": N_("重试后台任务"),
    "oversight.due_day_recomputed": N_("按日历重新计算期限"),
}
DEMO = {
    "demo.load_began": N_("开始生成演示数据"),
    "demo.loaded": N_("演示数据已生成"),
}
REGISTRY = {
    "registry.sheet_imported": N_("导入表格待核对"),
    "registry.rows_chosen": N_("选择更名重复行的处理"),
    "registry.batch_handed_in": N_("提交法规处审核"),
    "registry.batch_accepted": N_("审核通过，开始入库"),
    "registry.batch_taken_in": N_("入库完成"),
    "registry.batch_returned": N_("退回导入的表"),
    "registry.batch_withdrawn": N_("撤回导入的表"),
    "registry.object_added": N_("列入检查对象名录库"),
    "registry.object_changed": N_("补充检查对象信息或类别"),
    "registry.position_set": N_("填写检查对象的位置"),
    "registry.object_renamed": N_("检查对象更名"),
    "registry.focus_proposed": N_("提出重点监管建议"),
    "registry.focus_agreed": N_("列入重点监管"),
    "registry.focus_declined": N_("不列入重点监管"),
    "registry.focus_lifted": N_("移出必查对象清单"),
    "registry.inspector_added": N_("列入执法检查人员名录库"),
    "registry.inspector_changed": N_("更新执法检查人员信息"),
    "registry.interest_declared": N_("申报利害关系"),
    "registry.interest_linked": N_("利害关系对应到检查对象"),
    "registry.absence_declared": N_("登记不能参加检查的日期"),
    "registry.person_linked": N_("关联账号"),
    "registry.item_drafted": N_("起草抽查事项"),
    "registry.item_changed": N_("修改抽查事项草稿"),
    "registry.item_published": N_("公布抽查事项"),
    "registry.item_superseded": N_("由新版本替代"),
    "registry.item_repealed": N_("废止抽查事项"),
    "registry.checklist_accepted": N_("启用检查表单新版本"),
}

LEDGER = {
    "ledger.rows_written": N_("随之写入的数据"),
    "ledger.rows_migrated": N_("升级后按现状登记的数据"),
}

VERBS = {
    **ACCOUNTS, **POLICY, **REGISTRY, **PLANNING, **TASKS, **DRAW, **DOCUMENTS, **VISITS, **EVIDENCE, **FIELDWORK,
    **SYNC, **ENTRUSTING, **REVIEW, **PUBLICATION, **OBJECTIONS, **DISPOSAL, **OVERSIGHT, **DEMO, **LEDGER,
}


def verb_label(action: str) -> str:
    """The words for an entry's verb, to be translated where they are shown; the verb itself if nobody gave it words."""
    return VERBS.get(action, action)
