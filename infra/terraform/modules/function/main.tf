resource "aws_cloudwatch_log_group" "this" {
  name              = "/aws/lambda/${var.name}"
  retention_in_days = var.log_retention_days
}

resource "aws_iam_role" "this" {
  name = var.name
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "stile"
  role = aws_iam_role.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([{
      Sid      = "Log"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["${aws_cloudwatch_log_group.this.arn}:log-stream:*"]
    }], var.statements)
  })
}

resource "aws_lambda_function" "this" {
  function_name                  = var.name
  role                           = aws_iam_role.this.arn
  handler                        = var.handler
  runtime                        = var.runtime
  architectures                  = [var.architecture]
  filename                       = var.package
  source_code_hash               = fileexists(var.package) ? filebase64sha256(var.package) : null
  memory_size                    = var.memory_mb
  timeout                        = var.timeout_seconds
  reserved_concurrent_executions = var.reserved_concurrency
  publish                        = true

  environment {
    # Of every function. One short task at a time: the small collector and the quick compiler start
    # soonest.
    variables = merge(jsondecode(file("${path.module}/environment.json")), var.environment)
  }

  # A version is a snapshot of the process after its start; the alias points at the newest.
  snap_start {
    apply_on = "PublishedVersions"
  }

  depends_on = [aws_cloudwatch_log_group.this, aws_iam_role_policy.this]
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.this.function_name
  function_version = aws_lambda_function.this.version
}

resource "aws_lambda_event_source_mapping" "queue" {
  for_each                = var.queues
  event_source_arn        = each.value
  function_name           = aws_lambda_alias.live.arn
  batch_size              = 10
  function_response_types = ["ReportBatchItemFailures"]
}

resource "aws_lambda_event_source_mapping" "stream" {
  for_each                       = var.streams
  event_source_arn               = each.value
  function_name                  = aws_lambda_alias.live.arn
  starting_position              = "TRIM_HORIZON"
  batch_size                     = 100
  bisect_batch_on_function_error = true
  maximum_record_age_in_seconds  = -1
  maximum_retry_attempts         = -1
  function_response_types        = ["ReportBatchItemFailures"]

  dynamic "filter_criteria" {
    for_each = var.stream_filter == null ? [] : [var.stream_filter]
    content {
      filter {
        pattern = filter_criteria.value
      }
    }
  }
}
