# Stile in one AWS account: a table, keys, queues, a function for each part, and the doors.

module "keys" {
  source = "./modules/keys"
  name   = var.name
}

module "table" {
  source              = "./modules/table"
  name                = coalesce(var.table_name, var.name)
  kms_key_arn         = module.keys.storage_arn
  deletion_protection = var.deletion_protection
  replicas            = var.replicas
}

# The document as the functions read it, at most a minute old.
resource "aws_dynamodb_table_item" "policy" {
  table_name = module.table.name
  hash_key   = "pk"
  range_key  = "sk"
  item = jsonencode({
    pk       = { S = "P#${local.tenant}" }
    sk       = { S = "POLICY" }
    document = { S = file(var.policy_file) }
  })
}

module "queue" {
  source                   = "./modules/queue"
  for_each                 = local.queues
  name                     = "${var.name}-${each.key}"
  kms_key_arn              = module.keys.storage_arn
  function_timeout_seconds = local.timeout_seconds
  retention_seconds        = each.value.retention_seconds
}

module "delivery" {
  source                  = "./modules/delivery"
  name                    = var.name
  kms_key_arn             = module.keys.storage_arn
  mail_identity           = var.mail.identity
  sms_sender_id           = var.sms.sender_id
  sms_monthly_spend_limit = var.sms.monthly_spend_limit
  configuration_set       = var.configuration_set
}

module "function" {
  source               = "./modules/function"
  for_each             = local.functions
  name                 = "${var.name}-${each.key}"
  handler              = each.value.handler
  package              = "${var.packages}/${each.value.package}-${var.architecture}.zip"
  runtime              = var.runtime
  architecture         = var.architecture
  memory_mb            = var.memory_mb
  timeout_seconds      = local.timeout_seconds
  reserved_concurrency = lookup(local.concurrency, each.key, -1)
  environment          = { for name in each.value.environment : name => local.environment[name] if local.environment[name] != null }
  statements           = local.statements[each.key]
  queues               = { for queue in each.value.works_on : queue => module.queue[queue].arn }
  streams              = each.value.works_on_stream ? { table = module.table.stream_arn } : {}
  stream_filter        = each.value.works_on_stream ? local.facts : null
  log_retention_days   = var.log_retention_days
}

# Signing keys change by moments in their register: an hour sooner or later is the same.
resource "aws_cloudwatch_event_rule" "rotation" {
  name                = "${var.name}-rotation"
  description         = "Publishes the next signing key when it is time."
  schedule_expression = "rate(1 hour)"
}

resource "aws_cloudwatch_event_target" "rotation" {
  rule  = aws_cloudwatch_event_rule.rotation.name
  arn   = module.function["rotation"].alias_arn
  input = "{}"
}

resource "aws_lambda_permission" "rotation" {
  function_name = module.function["rotation"].name
  qualifier     = "live"
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.rotation.arn
}

module "api" {
  source             = "./modules/api"
  name               = var.name
  existing           = var.existing_api
  functions          = { for name in ["enroll", "challenge", "verify"] : name => { name = module.function[name].name, invoke_arn = module.function[name].invoke_arn } }
  login              = var.login
  domain             = var.domain
  cors_origins       = var.cors_origins
  throttling         = var.throttling
  log_retention_days = var.log_retention_days
}

module "observability" {
  source    = "./modules/observability"
  name      = var.name
  functions = { for name, function in module.function : name => function.name }
  queues = { for name, queue in module.queue : name => {
    name              = queue.name
    dead_letters_name = queue.dead_letters_name
    max_age_seconds   = local.queues[name].max_age_seconds
  } }
  api_id           = module.api.id
  alarm_topic_arns = var.alarm_topic_arns
}
