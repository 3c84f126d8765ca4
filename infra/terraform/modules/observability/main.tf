# What docs/operations.md says to watch. The measures come with the functions' log lines.
locals {
  namespace = "Stile"
}

resource "aws_cloudwatch_metric_alarm" "dead_letters" {
  for_each            = var.queues
  alarm_name          = "${var.name}-dead-letters-${each.key}"
  alarm_description   = "A message failed as often as it may. Look at it, mend the cause, redrive."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = each.value.dead_letters_name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
}

resource "aws_cloudwatch_metric_alarm" "late" {
  for_each            = var.queues
  alarm_name          = "${var.name}-late-${each.key}"
  alarm_description   = "Messages wait too long."
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  dimensions          = { QueueName = each.value.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.max_age_seconds
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
}

resource "aws_cloudwatch_metric_alarm" "verdicts_fail" {
  alarm_name          = "${var.name}-verdicts-fail"
  alarm_description   = "Users cannot answer: over 1 % of answers could not be judged."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 1
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns

  metric_query {
    id          = "share"
    expression  = "100 * FILL(unavailable, 0) / (FILL(unavailable, 0) + FILL(verified, 0) + FILL(incorrect, 0))"
    label       = "Answers not judged, percent"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = { unavailable = "unavailable", verified = "verified", incorrect = "code_incorrect" }
    content {
      id = metric_query.key
      metric {
        namespace   = local.namespace
        metric_name = "verdicts"
        dimensions  = { outcome = metric_query.value }
        stat        = "Sum"
        period      = 60
      }
    }
  }
}

# One guess at each of many users stays below every limit of one user, and shows only here.
resource "aws_cloudwatch_metric_alarm" "spray" {
  alarm_name          = "${var.name}-spray"
  alarm_description   = "Far more wrong codes than usual over all users."
  comparison_operator = "GreaterThanUpperThreshold"
  threshold_metric_id = "usual"
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns

  metric_query {
    id          = "usual"
    expression  = "ANOMALY_DETECTION_BAND(incorrect, 4)"
    label       = "Usual"
    return_data = true
  }

  metric_query {
    id          = "incorrect"
    return_data = true
    metric {
      namespace   = local.namespace
      metric_name = "verdicts"
      dimensions  = { outcome = "code_incorrect" }
      stat        = "Sum"
      period      = 300
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "deliveries_fail" {
  for_each            = toset(["sms", "email"])
  alarm_name          = "${var.name}-deliveries-fail-${each.key}"
  alarm_description   = "Over 5 % of codes could not be sent: carrier, spend limit, or the sender's reputation."
  comparison_operator = "GreaterThanThreshold"
  threshold           = 5
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns

  metric_query {
    id          = "share"
    expression  = "100 * (FILL(refused, 0) + FILL(failed, 0)) / (FILL(refused, 0) + FILL(failed, 0) + FILL(sent, 0))"
    label       = "Codes not sent, percent"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = toset(["refused", "failed", "sent"])
    content {
      id = metric_query.value
      metric {
        namespace   = local.namespace
        metric_name = "deliveries"
        dimensions  = { channel = each.key, outcome = metric_query.value }
        stat        = "Sum"
        period      = 300
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "function_errors" {
  for_each            = var.functions
  alarm_name          = "${var.name}-errors-${each.key}"
  alarm_description   = "The function ended without an answer: out of time or memory, or it does not start."
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = each.value }
  statistic           = "Sum"
  period              = 300
  evaluation_periods  = 1
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
}

data "aws_region" "current" {}

locals {
  outcomes = ["verified", "code_incorrect", "factor_locked", "too_many_attempts", "unavailable"]
  widgets = [
    { title = "Answers", metrics = [for outcome in local.outcomes : [local.namespace, "verdicts", "outcome", outcome]] },
    { title = "Codes by SMS", metrics = [for outcome in ["sent", "refused", "failed", "dropped"] : [local.namespace, "deliveries", "channel", "sms", "outcome", outcome]] },
    { title = "Codes by mail", metrics = [for outcome in ["sent", "refused", "failed", "dropped"] : [local.namespace, "deliveries", "channel", "email", "outcome", outcome]] },
    { title = "Faults", metrics = [for dependency in ["dynamodb", "sqs", "sns", "sesv2", "kms", "stile"] : [local.namespace, "faults", "dependency", dependency]] },
    { title = "Dead letters", metrics = [for queue in values(var.queues) : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue.dead_letters_name]] },
    { title = "Function errors", metrics = [for function in values(var.functions) : ["AWS/Lambda", "Errors", "FunctionName", function]] },
    { title = "API", metrics = [for metric in ["4xx", "5xx", "Count"] : ["AWS/ApiGateway", metric, "ApiId", var.api_id]] },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = var.name
  dashboard_body = jsonencode({
    widgets = [for index, widget in local.widgets : {
      type   = "metric"
      x      = 12 * (index % 2)
      y      = 6 * floor(index / 2)
      width  = 12
      height = 6
      properties = {
        title   = widget.title
        metrics = widget.metrics
        stat    = "Sum"
        period  = 300
        region  = data.aws_region.current.name
        view    = "timeSeries"
      }
    }]
  })
}
